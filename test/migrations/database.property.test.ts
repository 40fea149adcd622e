import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { noRenames } from "../../src/migrations/renames.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { databaseTimeout, openDatabase, openSqlite, type TestDatabase } from "../databases/engines.js";
import { postgresSnapshots, snapshots } from "./arbitraries.js";
import { type Change, changesOf } from "./arbitrary-renames.js";
import { dumpSchema } from "./dump-schema.js";
import { prepareMigration } from "./run-migration.js";

const kinds = [
  ["postgres", true],
  ["postgres", false],
  ["pglite", true],
  ["sqlite", false],
] as const;

describe.each(kinds)("migrations on %s, lock-safe: %s, whatever the schemas (case 62)", (kind, lockSafe) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (kind !== "sqlite") database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(async () => {
    if (kind !== "sqlite") await database.close();
  });

  const numRuns = Number(process.env["SOAK_RUNS"] ?? 8);
  const changes = changesOf(kind === "sqlite" ? snapshots : postgresSnapshots);

  it(
    "go up, down and up again, and leave the schemas that they were made from",
    async () => {
      await fc.assert(fc.asyncProperty(changes, goUpDownAndUp), { numRuns, endOnFailure: true });
    },
    (10 + numRuns) * databaseTimeout,
  );

  async function goUpDownAndUp({ before, after, renames }: Change): Promise<void> {
    const made = await inEmptyDatabase(() => make(after));
    await inEmptyDatabase(async () => {
      const start = await make(before);
      const operations = diffSnapshots(before, after, renames ?? noRenames);
      const migration = await prepareMigration(database, operations, before, { lockSafe });
      await migration.up();
      expect(await dumpSchema(database)).toEqual(made);
      await migration.down();
      expect(await dumpSchema(database)).toEqual(start);
      await migration.up();
      expect(await dumpSchema(database)).toEqual(made);
    });
  }

  async function make(snapshot: Snapshot): Promise<readonly string[]> {
    await (await prepareMigration(database, diffSnapshots(new Map(), snapshot))).up();
    return dumpSchema(database);
  }

  async function inEmptyDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
    if (kind !== "sqlite") {
      await database.knex.raw(
        "drop schema public cascade; drop schema if exists barn cascade; create schema public",
      );
      return work();
    }
    database = await openSqlite();
    try {
      return await work();
    } finally {
      await database.close();
    }
  }
});
