import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { dumpSchema } from "./dump-schema.js";
import { diffOf, insertRows, readRows } from "./feature-runs.js";
import { type FeatureCase, features } from "./migrate-features-cases.js";
import { prepareMigration } from "./run-migration.js";

const runs = [
  ["postgres", true],
  ["postgres", false],
  ["pglite", true],
  ["sqlite", false],
] as const;

describe.each(runs)("a migration on %s, lock-safe: %s", (kind, lockSafe) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (kind !== "sqlite") database = await openDatabase(kind);
  }, databaseTimeout);
  beforeEach(async () => {
    if (kind === "sqlite") database = await openDatabase(kind);
    else
      await database.knex.raw(
        "drop schema public cascade; drop schema if exists billing cascade; create schema public",
      );
  });
  afterEach(async () => {
    if (kind === "sqlite") await database.close();
  });
  afterAll(async () => {
    if (kind !== "sqlite") await database.close();
  });

  const family = kind === "sqlite" ? "sqlite" : "postgres";
  const cases = Object.entries(features).filter(([, { database: only = family }]) => only === family);

  it.each(cases)("changes the schema and the way back changes it back: %s", async (_, feature) => {
    const made = await dumpOf(feature.after);
    const start = await prepareMigration(database, diffSnapshots(new Map(), feature.before));
    await start.up();
    const before = await dumpSchema(database);
    await insertRows(database, feature);
    const rows = await readRows(database, feature);
    const migration = await prepareMigration(database, diffOf(feature), feature.before, { lockSafe });
    await migration.up();
    expect(await dumpSchema(database)).toEqual(made);
    await migration.down();
    expect(await dumpSchema(database)).toEqual(before);
    expect(await readRows(database, feature)).toEqual(rows);
    await migration.up();
    expect(await dumpSchema(database)).toEqual(made);
  });

  /** The schema as it is where it is made from nothing. */
  async function dumpOf(snapshot: FeatureCase["after"]): Promise<readonly string[]> {
    const migration = await prepareMigration(database, diffSnapshots(new Map(), snapshot));
    await migration.up();
    const dump = await dumpSchema(database);
    await migration.down();
    return dump;
  }
});
