import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { readFixtureCases, type FixtureCase } from "./fixture-case.js";
import { expectMigrations } from "./run-migrations.js";

/** A case can be run where each of its tables has a migration: not where `before/` tells of tables alone. */
function isWhole({ before, after }: FixtureCase): boolean {
  const files = { ...before, ...after };
  const texts = Object.values(files);
  const named = /\btable: ["'](\w+)["']/g;
  const tables = texts.flatMap((text) => Array.from(text.matchAll(named), ([, table]) => table));
  return tables.every((table) => texts.some((text) => text.includes(`createTable("${table}"`)));
}

const cases = readFixtureCases()
  .filter(({ after }) => Object.keys(after).length > 0)
  .filter(isWhole);
const onSqlite = cases.filter(({ before }) => before["ashlar.config.json"]?.includes("sqlite"));
const onPostgres = cases.filter((fixture) => !onSqlite.includes(fixture));

describe.each([
  ["pglite", onPostgres],
  ["sqlite", onSqlite],
] as const)("the migrations that fixtures expect, on %s", (kind, fixtures) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);

  afterAll(() => database.close());

  test("are some", () => expect(fixtures.length).toBeGreaterThan(0));

  test.each(fixtures)(
    "go up, down and up again, and build what the snapshots say: $name",
    async (fixture) => {
      await expectMigrations(database, { ...fixture.before, ...fixture.after });
    },
  );
});
