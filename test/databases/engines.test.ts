import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "./engines.js";

describe.each(databaseKinds)("a test database on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(() => database.close());

  it("is empty and takes a table", async () => {
    const { knex } = database;
    expect(await knex.schema.hasTable("users")).toBe(false);
    await knex.schema.createTable("users", (table) => table.text("name"));
    await knex("users").insert({ name: "Ada" });
    expect(await knex("users").pluck("name")).toEqual(["Ada"]);
  });

  it("is another one each time", async () => {
    const other = await openDatabase(kind);
    expect(await other.knex.schema.hasTable("users")).toBe(false);
    await other.close();
  });
});
