import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSchema } from "../../../src/host/live-schema/read-schema.js";
import { openSqlite, type TestDatabase } from "../../databases/engines.js";

describe("a view of SQLite", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openSqlite();
  });
  afterEach(() => database.close());

  async function read(...statements: readonly string[]) {
    for (const sql of statements) await database.knex.raw(sql.replaceAll("?", "\\?"));
    return readSchema(database.knex);
  }

  it("that reads a view belongs to the table that this one reads, with its triggers", async () => {
    const { parts } = await read(
      "create table [order lines] (id integer primary key, name text)",
      "create view a_longer as select * from `b named` where length(name) > 3",
      "create view [b named] as select id, name from [order lines]",
      "create trigger c_put instead of insert on a_longer begin select 1; end",
      "create view apart as select 1 as one",
    );
    expect(parts.map(({ table, kind, name }) => `${kind} ${name} of ${table}`)).toEqual([
      "view a_longer of order lines",
      "view b named of order lines",
      "trigger c_put of order lines",
    ]);
  });

  it("that reads what is not there is told, and keeps nothing else from being read", async () => {
    const { snapshot, unmanaged } = await read(
      "create table items (id integer primary key)",
      "create table gone (id integer primary key)",
      "create view [what?'s] as select * from gone",
      "create view whole as select id from items",
      "drop table gone",
    );
    expect([...snapshot.keys()]).toEqual(["items"]);
    expect(unmanaged.map(({ key, why, table }) => [key, why, table.columns.length])).toEqual([
      ["what?'s", "cannot be read (no such table: main.gone)", 0],
      ["whole", "is a query, not a table", 1],
    ]);
  });
});
