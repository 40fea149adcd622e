/**
 * Runs migrations one at a time through Knex's Migrator, each with its record in a transaction of its own, so that
 * what is reported as done is done whatever comes after. Knex's `latest` puts all into one transaction and undoes
 * them together. The batch is the same as `latest` would give.
 */
import type { Knex } from "knex";
import { withDatabase, type Database, type DatabaseOptions } from "./database.js";
import { checkMigrations } from "./migration-files.js";
import { findTarget } from "./migration-target.js";
import { runStep, type Hooks, type Step } from "./migration-step.js";
import {
  ensureRecords,
  readRecords,
  recordsTable,
  refuseMissingFiles,
  type MigrationRecord,
} from "./records.js";

export interface RunOptions extends DatabaseOptions {
  /** Called before each migration with its name. */
  readonly onStart?: (name: string) => void;
  /** Called once a migration has run and is recorded, with its name and how long it took. */
  readonly onDone?: (name: string, milliseconds: number) => void;
}

export interface MigrateOptions extends RunOptions {
  /** The last migration to run: its name or the start of it. */
  readonly to?: string;
  /** How many to run. */
  readonly step?: number;
}

export interface RollbackOptions extends RunOptions {
  /** The migration to go back to, which stays: its name or the start of it. */
  readonly to?: string;
  /** How many to undo. */
  readonly step?: number;
  readonly all?: boolean;
}

export interface RanMigration {
  readonly name: string;
  readonly milliseconds: number;
}

/**
 * Runs the migrations that have not run, in order; all, or as `to` and `step` say. Gives those that ran; none is fine.
 *
 * @throws AshlarError as `withDatabase` does; `migration.failed`, `migration.table.exists` and `migration.locked`;
 * before anything runs: `migration.unloadable`, `migration.invalid`, `migration.file.missing`, `migration.unknown`,
 * `migration.ambiguous`
 * @example
 * await migrate({ root: "/home/ada/shop", knexfile: "knexfile.ts", onDone: (name) => print(name) });
 * // [{ name: "20260101120000_create_users.ts", milliseconds: 12.5 }]
 */
export function migrate(options: MigrateOptions): Promise<RanMigration[]> {
  return withDatabase(options, async (database) => {
    const records = await readRecords(database);
    const names = choosePending(database, records, options);
    const batch = Math.max(0, ...records.map((record) => record.batch)) + 1;
    const createHooks = (name: string): Hooks => ({ afterAll: createBatchHook(database, name, batch) });
    return run({ names, direction: "up", createHooks }, database, options);
  });
}

/**
 * Undoes the migrations of the last batch, last first; or as `to`, `step` and `all` say. Gives those that were undone.
 *
 * @throws AshlarError as `migrate` does
 * @example
 * await rollback({ root: "/home/ada/shop", knexfile: "knexfile.ts", step: 1 });
 */
export function rollback(options: RollbackOptions): Promise<RanMigration[]> {
  return withDatabase(options, async (database) => {
    const names = chooseDone(database, await readRecords(database), options);
    const createHooks = (name: string): Hooks => ({ afterEach: createForgetHook(database, name) });
    return run({ names, direction: "down", createHooks }, database, options);
  });
}

function choosePending(
  database: Database,
  records: readonly MigrationRecord[],
  { to, step }: MigrateOptions,
): string[] {
  refuseMissingFiles(database, records);
  const all = database.migrations.files.map(({ name }) => name);
  const last = to === undefined ? all.length : all.indexOf(findTarget(to, all, "migration")) + 1;
  const pending = all.slice(0, last).filter((name) => !records.some((record) => record.name === name));
  return pending.slice(0, step);
}

function chooseDone(
  database: Database,
  records: readonly MigrationRecord[],
  { to, step, all }: RollbackOptions,
): string[] {
  refuseMissingFiles(database, records);
  const names = records.map(({ name }) => name);
  const lastBatch = Math.max(...records.map(({ batch }) => batch));
  const inLastBatch = records.filter(({ batch }) => batch === lastBatch).map(({ name }) => name);
  const chosen =
    to === undefined
      ? undefined
      : names.slice(names.indexOf(findTarget(to, names, "migration that has run")) + 1);
  const counted = step === undefined ? undefined : names.slice(-step);
  return (chosen ?? counted ?? (all === true ? names : inLastBatch)).toReversed();
}

interface Run {
  readonly names: readonly string[];
  readonly direction: Step["direction"];
  readonly createHooks: (name: string) => Hooks;
}

async function run(
  { names, direction, createHooks }: Run,
  database: Database,
  { onStart, onDone }: RunOptions,
): Promise<RanMigration[]> {
  await checkMigrations(database.migrations, names, database.root);
  if (names.length > 0) await ensureRecords(database);
  const ran: RanMigration[] = [];
  for (const name of names) {
    onStart?.(name);
    const start = performance.now();
    if (!(await runStep({ name, direction, hooks: createHooks(name) }, database))) continue;
    const milliseconds = performance.now() - start;
    onDone?.(name, milliseconds);
    ran.push({ name, milliseconds });
  }
  return ran;
}

/** Knex counts up the batch each time; within a run it stays. Called in the migration's transaction. */
function createBatchHook({ config }: Database, name: string, batch: number): Knex.LifecycleHook {
  return async (knex) => recordsTable(knex, config).where({ name }).update({ batch });
}

/** Knex takes the record away after the transaction; a process killed in between would leave it. */
function createForgetHook({ config }: Database, name: string): Knex.LifecycleHook {
  return async (knex) => recordsTable(knex, config).where({ name }).del();
}
