import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { expectDatabase, readSchema } from "./compare-schema.js";
import { prepareMigration } from "./run-migration.js";
import { snapshots } from "./arbitraries.js";

describe.each(["postgres", "sqlite", "pglite"] as const)("migrations on %s, whatever the schemas", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await database.knex.raw("select 1");
  }, databaseTimeout);
  afterAll(() => database.close());

  it(
    "go up, down and up again, and leave the schemas that they were made from",
    async () => {
      await fc.assert(fc.asyncProperty(snapshots, snapshots, goUpDownAndUp), { numRuns: 30 });
    },
    5 * databaseTimeout,
  );

  async function goUpDownAndUp(before: Snapshot, after: Snapshot): Promise<void> {
    const start = await prepareMigration(database, diffSnapshots(new Map(), before));
    const migration = await prepareMigration(database, diffSnapshots(before, after), before);
    const empty = await readSchema(database);
    await start.up();
    await migration.up();
    await expectDatabase(database, after);
    await migration.down();
    await expectDatabase(database, before);
    await migration.up();
    await expectDatabase(database, after);
    await migration.down();
    await start.down();
    expect(await readSchema(database)).toEqual(empty);
  }
});
