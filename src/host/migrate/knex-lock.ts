/**
 * The row by which Knex lets one process migrate at a time. We keep to it, so that a plain `knex migrate:latest` and
 * we never run at once, but a killed process leaves it taken, and nothing in it says by whom. So we put a number of
 * our own there: one that is met while we hold the lock that dies with its holder was left by a killed run of ours,
 * and is taken over. Knex's own number may be that of a process that runs, and is respected.
 *
 * In a transaction the row is taken and given back within it, so a kill leaves nothing, and Knex waits for us.
 */
import type { Knex } from "knex";
import { failure, type AshlarError } from "../../support/problem.js";
import { findRecordsTable, selectTable } from "./records.js";

const suffix = "_lock";
const free = 0;
const takenByUs = 2;

/**
 * Takes the row, through a transaction whose processing is off. `isAlone`: nobody else of ours runs.
 *
 * @throws AshlarError `migration.locked` where another process has it
 */
export async function takeKnexLock(
  trx: Knex,
  config: Knex.Config,
  { isAlone }: { readonly isAlone: boolean },
): Promise<void> {
  const ours = isAlone ? [free, takenByUs] : [free];
  const taken: number = await selectTable(trx, config, suffix)
    .whereIn("is_locked", ours)
    .update({ is_locked: takenByUs });
  if (taken === 0) throw createLockedError(config);
}

/** Gives the row back. */
export async function freeKnexLock(trx: Knex, config: Knex.Config): Promise<void> {
  await selectTable(trx, config, suffix).where("is_locked", takenByUs).update({ is_locked: free });
}

function createLockedError(config: Knex.Config): AshlarError {
  const { schemaName, tableName } = findRecordsTable(config, suffix);
  const table = schemaName === undefined ? tableName : `${schemaName}.${tableName}`;
  return failure({
    code: "migration.locked",
    message: `Knex is running migrations on this database, or was killed while it did: its lock in "${table}" is taken.`,
    hint: `Wait for it. If there is none, see what it left half done, then free the lock: npx knex migrate:unlock, or in SQL: update ${table} set is_locked = 0`,
  });
}
