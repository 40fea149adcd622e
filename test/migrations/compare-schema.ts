import { expect } from "vitest";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import type { TestDatabase } from "../databases/engines.js";
import { expectSchema } from "./expected-schema.js";
import { type FoundTable, sortSchema } from "./found-schema.js";
import { readPostgres } from "./read-postgres.js";
import { readSqlite } from "./read-sqlite.js";

/** Expects the database to have exactly the tables of the snapshot. */
export async function expectDatabase(database: TestDatabase, snapshot: Snapshot): Promise<void> {
  const family = database.kind === "sqlite" ? "sqlite" : "postgres";
  expect(await readSchema(database)).toEqual(sortSchema(expectSchema(snapshot, family)));
}

/** What the database tells of itself, sorted. */
export async function readSchema({ kind, knex }: TestDatabase): Promise<readonly FoundTable[]> {
  return sortSchema(kind === "sqlite" ? await readSqlite(knex) : await readPostgres(knex));
}
