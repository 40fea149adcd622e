/**
 * Runs migrations one at a time, each with its record in a transaction of its own, so that what is reported as done is
 * done whatever comes after. Knex's `latest` puts all into one transaction and undoes them together. Tables, records
 * and batches are those of Knex's Migrator, so its commands and ours agree.
 */
import type { Knex } from "knex";
import { adoptSquashes } from "./adopt-squashes.js";
import { withDatabase, type Database, type DatabaseOptions } from "./database.js";
import { ensureHashes, findHash, readFileHash, writeHash } from "./hashes.js";
import {
  listApplied,
  listPending,
  readHistory,
  type AppliedMigration,
  type History,
  type PendingMigration,
} from "./history.js";
import { refuseMissing, refuseOtherHistory, type Leniency } from "./history-problems.js";
import type { LockRetry } from "./lock-timeout.js";
import { checkMigrations } from "./migration-files.js";
import { runStep, type Step } from "./migration-step.js";
import { findTarget } from "./migration-target.js";
import { ensureRecords, withoutProcessing } from "./records.js";
import { withRunLock, type HeldLock, type LockOptions } from "./run-lock.js";
import { defaultLockTimeout } from "./session-settings.js";

export interface RunOptions extends DatabaseOptions, LockOptions {
  /** How long a migration in a transaction on PostgreSQL waits for a lock, in milliseconds; 0 is for ever. By default 5 seconds. */
  readonly lockTimeout?: number;
  /** Called before each migration with its name. */
  readonly onStart?: (name: string) => void;
  /** Called once a migration has run and is recorded, with its name and how long it took. */
  readonly onDone?: (name: string, milliseconds: number) => void;
  /** Called where a migration waited too long for a lock and will be run again. */
  readonly onRetry?: (retry: LockRetry) => void;
  /** Called where a migration without a transaction was begun before and cut off, before it is run again. */
  readonly onRepeat?: (name: string) => void;
  /** Called where a baseline is recorded without being run, since its tables are there; `onDone` follows. */
  readonly onAdopt?: (name: string) => void;
}

export interface MigrateOptions extends RunOptions, Leniency {
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
 * Another run is waited for.
 *
 * @throws AshlarError as `withDatabase` does; `migration.failed`, `migration.table.exists`, `migration.lock.timeout`,
 * `migration.locked` and `migration.lock.lost`; before anything runs: `migration.unloadable`, `migration.invalid`,
 * `migration.file.missing`, `migration.file.edited`, `migration.file.late`, `migration.rollback.interrupted`,
 * `migration.squash.partial`, `migration.baseline.partial`, `migration.unknown`, `migration.ambiguous`
 * @example
 * await migrate({ root: "/home/ada/shop", knexfile: "knexfile.ts", onDone: (name) => print(name) });
 * // [{ name: "20260101120000_create_users.ts", milliseconds: 12.5 }]
 */
export function migrate(options: MigrateOptions): Promise<readonly RanMigration[]> {
  return withDatabase(options, async (database) => {
    await adoptSquashes(database, options);
    return runPlan(database, options, (history) => {
      const applied = listApplied(history);
      const pending = choosePending(history, options);
      refuseOtherHistory(applied, pending, { ...history, ...options, ...readLeniency(database, options) });
      return {
        direction: "up",
        migrations: pending,
        accepted: applied.filter(({ state }) => state === "edited"),
      };
    });
  });
}

/** Knex's own setting says not to look for files. */
function readLeniency({ config }: Database, { allowMissing }: Leniency): Leniency {
  return { allowMissing: allowMissing ?? config.migrations?.disableMigrationsListValidation === true };
}

/**
 * Undoes the migrations of the last batch, last first; or as `to`, `step` and `all` say. Gives those that were undone.
 *
 * @throws AshlarError as `migrate` does, but takes files as they are: `migration.file.missing` alone of those
 * @example
 * await rollback({ root: "/home/ada/shop", knexfile: "knexfile.ts", step: 1 });
 */
export function rollback(options: RollbackOptions): Promise<readonly RanMigration[]> {
  return withDatabase(options, (database) =>
    runPlan(database, options, (history) => {
      const migrations = chooseDone(listApplied(history), options);
      refuseMissing(migrations, history);
      return { direction: "down", migrations, accepted: [] };
    }),
  );
}

/** What a run is going to do. */
interface RunPlan {
  readonly direction: Step["direction"];
  readonly migrations: readonly (PendingMigration | AppliedMigration)[];
  /** Edited files that count from now on as they are. */
  readonly accepted: readonly AppliedMigration[];
}

/** The plan is made once to see whether there is anything to do, and again when no other run can change it. */
async function runPlan(
  database: Database,
  options: RunOptions,
  makePlan: (history: History) => RunPlan,
): Promise<readonly RanMigration[]> {
  if (isEmpty(makePlan(await readHistory(database)))) return [];
  return withRunLock(database, options, async (lock) => {
    const history = await readHistory(database);
    const plan = makePlan(history);
    await checkMigrations(
      database.migrations,
      plan.migrations.map(({ name }) => name),
      database.root,
    );
    if (isEmpty(plan)) return [];
    await prepareTables(plan, history, database);
    return runAll(plan, { database, options, lock, batch: findBatch(history) });
  });
}

function isEmpty({ migrations, accepted }: RunPlan): boolean {
  return migrations.length === 0 && accepted.length === 0;
}

function choosePending(history: History, { to, step }: MigrateOptions): readonly PendingMigration[] {
  const all = history.files.map(({ name }) => name);
  const wanted = to === undefined ? all : all.slice(0, all.indexOf(findTarget(to, all, "migration")) + 1);
  return listPending(history)
    .filter(({ name }) => wanted.includes(name))
    .slice(0, step);
}

function chooseDone(
  applied: readonly AppliedMigration[],
  { to, step, all }: RollbackOptions,
): readonly AppliedMigration[] {
  const names = applied.map(({ name }) => name);
  const lastBatch = Math.max(...applied.map(({ batch }) => batch));
  const chosen =
    to === undefined
      ? undefined
      : applied.slice(names.indexOf(findTarget(to, names, "migration that has run")) + 1);
  const counted = step === undefined ? undefined : applied.slice(-step);
  const inLastBatch = applied.filter(({ batch }) => batch === lastBatch);
  return (chosen ?? counted ?? (all === true ? applied : inLastBatch)).toReversed();
}

function findBatch({ records }: History): number {
  return Math.max(0, ...records.map(({ batch }) => batch)) + 1;
}

/** Files that ran before there were hashes, or by plain Knex, have theirs from now on. */
async function prepareTables({ accepted }: RunPlan, history: History, database: Database): Promise<void> {
  await ensureRecords(database);
  await ensureHashes(database);
  const names = new Set(accepted.map(({ name }) => name));
  const unknown = history.records.filter(
    (record) => names.has(record.name) || findHash(record, history.hashes) === undefined,
  );
  const files = new Map(history.files.map((file) => [file.name, file]));
  const plain = database.knex.withUserParams({});
  const write = async (trx: Knex): Promise<void> => {
    for (const { name, ranAt } of unknown) {
      const file = files.get(name);
      const hash = file && readFileHash(file);
      if (hash !== undefined) await writeHash(trx, database.config, { name, hash, appliedAt: ranAt });
    }
  };
  if (unknown.length > 0) await withoutProcessing(plain, () => plain.transaction(write));
}

interface Run {
  readonly database: Database;
  readonly options: RunOptions;
  readonly lock: HeldLock;
  readonly batch: number;
}

async function runAll({ direction, migrations }: RunPlan, run: Run): Promise<readonly RanMigration[]> {
  const { database, options } = run;
  const hooks: Knex.MigratorConfigWithLifecycleHooks = database.config.migrations ?? {};
  const given = migrations.map(({ name }) => database.migrations.find(name));
  const ran: RanMigration[] = [];
  if (migrations.length > 0) await hooks.beforeAll?.(database.knex, given);
  for (const migration of migrations) {
    if (migration.state === "interrupted") options.onRepeat?.(migration.name);
    const milliseconds = await runOne(migration.name, direction, run);
    if (milliseconds !== undefined) ran.push({ name: migration.name, milliseconds });
  }
  if (migrations.length > 0) await hooks.afterAll?.(database.knex, given);
  return ran;
}

/** How long it took; undefined where another process has run it meanwhile. */
async function runOne(
  name: string,
  direction: Step["direction"],
  { database, options, lock, batch }: Run,
): Promise<number | undefined> {
  const { lockTimeout = defaultLockTimeout, onStart, onDone } = options;
  const { onRetry = () => {}, onAdopt = () => {} } = options;
  await lock.check();
  onStart?.(name);
  const start = performance.now();
  const { isAlone } = lock;
  if (!(await runStep({ name, direction, batch, lockTimeout, onRetry, onAdopt, isAlone }, database)))
    return undefined;
  const milliseconds = performance.now() - start;
  onDone?.(name, milliseconds);
  return milliseconds;
}
