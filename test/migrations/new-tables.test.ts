import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { expectDatabase, readSchema } from "./compare-schema.js";
import { creations, everything } from "./creation-cases.js";
import { prepareMigration } from "./run-migration.js";

describe.each(databaseKinds)("a migration that creates tables on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await database.knex.raw("select 1");
  }, databaseTimeout);
  afterAll(() => database.close());

  it.each(Object.entries(creations))(
    "makes %s, unmakes them, and makes the same again",
    async (_, snapshot) => {
      const migration = await prepareMigration(database, diffSnapshots(new Map(), snapshot));
      await migration.up();
      await expectDatabase(database, snapshot);
      await migration.down();
      expect(await readSchema(database)).toEqual([]);
      await migration.up();
      await expectDatabase(database, snapshot);
      await migration.down();
    },
  );

  it("fills in the defaults that the resource declares", async () => {
    const migration = await prepareMigration(database, diffSnapshots(new Map(), everything));
    await migration.up();
    await database.knex("everything").insert({ id: 1 });
    const row: Record<string, unknown> = await database.knex("everything").first();
    const isSqlite = kind === "sqlite";
    const tags = ["a", 'b"c', "d,e", "f\\g"];
    expect(row).toMatchObject({
      short: "it's?",
      body: "",
      count: 0,
      ratio: 0.1,
      price: isSqlite ? 1.5 : "1.50",
      done: isSqlite ? 0 : false,
      settings: isSqlite ? `{"theme":"it's \\"dark\\"?"}` : { theme: `it's "dark"?` },
      status: "open",
      tags: isSqlite ? JSON.stringify(tags) : tags,
      states: isSqlite ? "[]" : [],
      moment: isSqlite ? "1970-01-01 00:00:00.000" : new Date(0),
    });
    expect(String(row["big"])).toMatch(/^900719925474099[23]$/);
    await migration.down();
  });

  it("keeps an enum to its values", async () => {
    const migration = await prepareMigration(database, diffSnapshots(new Map(), everything));
    await migration.up();
    await database.knex("everything").insert([{ status: "it's done" }, { status: "what?" }]);
    await expect(database.knex("everything").insert({ status: "other" })).rejects.toThrow(
      /everything_status_check/,
    );
    await migration.down();
  });
});
