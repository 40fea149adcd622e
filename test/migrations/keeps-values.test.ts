import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepsValues } from "../../src/migrations/keeps-values.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";

const types = [
  ...["varchar(100)", "character varying(200)", "varchar", "text", "char(10)", "integer", "bigint", "jsonb"],
  ...["numeric", "numeric(12, 0)", "numeric(10,2)", "decimal(12,2)", "cidr", "inet", "bit(3)", "varbit"],
  ...["date", "timestamptz", "timestamp(3) with time zone", "timestamptz(6)", "timestamp"],
  ...["varchar(100)[]", "varchar(200)[]", "text[]"],
];

/** Changes a column of each type into each other; what PostgreSQL has no cast for is left out. */
const changeTypes = `
  create function change_types(types text[]) returns table (before text, after text, is_kept boolean)
  language plpgsql set timezone = 'Europe/Berlin' as $$
  declare old oid;
  begin
    foreach before in array types loop
      foreach after in array types loop
        begin
          execute format('create temp table tried (v %s)', before);
          old := pg_relation_filenode('tried'::regclass);
          execute format('alter table tried alter column v type %s using (v::%s)', after, after);
          is_kept := old = pg_relation_filenode('tried'::regclass);
          drop table tried;
          return next;
        exception when cannot_coerce then null;
        end;
      end loop;
    end loop;
  end $$`;

describe("whether a type keeps the values of another", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openPostgres();
  }, databaseTimeout);
  afterAll(() => database.close());

  it("is what PostgreSQL makes of it", async () => {
    await database.knex.raw(changeTypes);
    const { rows } = await database.knex.raw<{ rows: readonly TriedChange[] }>(
      "select * from change_types(?::text[])",
      [[...types]],
    );
    expect(rows.length).toBeGreaterThan(200);
    const wrong = rows.filter(({ before, after, is_kept }) => keepsValues(before, after) !== is_kept);
    expect(wrong).toEqual([]);
  });
});

interface TriedChange {
  readonly before: string;
  readonly after: string;
  readonly is_kept: boolean;
}
