import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { expectDatabase, readSchema } from "./compare-schema.js";
import { changes } from "./change-cases.js";
import { prepareMigration } from "./run-migration.js";

describe.each(databaseKinds)("a migration that changes tables on %s", (kind) => {
  let database: TestDatabase;
  let undo: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    database = await openDatabase(kind);
    await database.knex.raw("select 1");
  }, databaseTimeout);
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
    undo = [];
  });
  afterAll(() => database.close());

  it.each(Object.entries(changes))("carries out and takes back: %s", async (_, [before, after]) => {
    const start = await prepareMigration(database, diffSnapshots(new Map(), before));
    await start.up();
    undo.push(start.down);
    const migration = await prepareMigration(database, diffSnapshots(before, after), before);
    await migration.up();
    await expectDatabase(database, after);
    await migration.down();
    await expectDatabase(database, before);
    await migration.up();
    await expectDatabase(database, after);
    await migration.down();
  });

  it("leaves nothing behind", async () => {
    expect(await readSchema(database)).toEqual([]);
  });
});
