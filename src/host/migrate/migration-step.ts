/**
 * One migration in one direction. Its record, its hash and Knex's lock are written in its own transaction. One that
 * runs outside a transaction is marked as begun before, so that a run after a kill knows.
 */
import type { Knex } from "knex";
import { isAshlarError } from "../../support/problem.js";
import { isBaselineThere } from "./baseline.js";
import { readEncounter, type Encounter } from "./branch-encounter.js";
import type { Database } from "./database.js";
import { readFileHash, selectHashes, writeHash } from "./hashes.js";
import { freeKnexLock, takeKnexLock } from "./knex-lock.js";
import { findBlocker, isLockTimeout, retryOnLockTimeout, type LockRetry } from "./lock-timeout.js";
import { createStatementWatch, type StatementWatch } from "./statement-watch.js";
import { createMigrationFailure } from "./migration-failure.js";
import { inRebuildTransaction } from "./rebuild-transaction.js";
import { readRecords, selectTable, withoutProcessing } from "./records.js";
import { isPostgres, listSessionSettings } from "./session-settings.js";

/** One migration to run in one direction; `batch` is that of its record. */
export interface Step {
  readonly name: string;
  readonly direction: "up" | "down";
  readonly batch: number;
  /** In milliseconds; 0 waits for ever. */
  readonly lockTimeout: number;
  readonly onRetry: (retry: LockRetry) => void;
  /** Called where a baseline is recorded without being run, since its tables are there. */
  readonly onAdopt: (name: string) => void;
  /** Is it sure that no other run of ours is alive? */
  readonly isAlone: boolean;
}

/**
 * Runs one migration; false where another process has done so meanwhile.
 *
 * @throws AshlarError `migration.failed` and its kin
 */
export async function runStep(step: Step, database: Database): Promise<boolean> {
  const isTransactional = await hasTransaction(step.name, database);
  const statements = createStatementWatch(database.knex);
  try {
    return isTransactional
      ? await runPatiently(step, database)
      : await runOutside(step, database, statements);
  } catch (error) {
    if (isAshlarError(error) && isToldAlready(error.code)) throw error;
    const { name, direction } = step;
    const blocker = isLockTimeout(error) ? await findBlocker(database.knex) : undefined;
    const isUndone = isTransactional || statements.isAllUndone();
    const begun = isUndone ? "undone" : (await isRepeatable(name, database)) ? "repeatable" : "stays";
    const branches =
      direction === "up" && blocker === undefined ? await findBranches(name, database) : undefined;
    throw createMigrationFailure(error, { name, direction, begun, blocker, branches }, database);
  }
}

/** How it meets what another branch has run here, which may be why it failed. */
async function findBranches(name: string, database: Database): Promise<Encounter> {
  const file = database.migrations.files.find((each) => each.name === name);
  const records = await readRecords(database).catch(() => []);
  return file ? readEncounter(file, new Set(records.map((record) => record.name))) : { kind: "unknown" };
}

function isToldAlready(code: string): boolean {
  return code === "migration.locked" || code === "migration.baseline.partial";
}

/** Does Knex run it in a transaction? What the migration says goes before what the configuration says. */
async function hasTransaction(name: string, { migrations, config }: Database): Promise<boolean> {
  const module = await migrations.read(name);
  return module.config?.transaction ?? config.migrations?.disableTransactions !== true;
}

function runPatiently(step: Step, database: Database): Promise<boolean> {
  return retry(step, database, () => runInTransaction(step, database));
}

function retry<Result>(step: Step, database: Database, attempt: () => Promise<Result>): Promise<Result> {
  const { name, lockTimeout, onRetry } = step;
  return retryOnLockTimeout(attempt, {
    lockTimeout,
    tell: async (retry) => {
      const blocker = await findBlocker(database.knex);
      onRetry({ name, ...retry, ...(blocker !== undefined && { blocker }) });
    },
  });
}

function runInTransaction(step: Step, database: Database): Promise<boolean> {
  return inRebuildTransaction(database.knex, async (trx) => {
    if (!(await withoutProcessing(trx, () => begin(trx, step, database)))) return false;
    await callMigration(trx, step, database);
    await withoutProcessing(trx, () => finish(trx, step, database));
    return true;
  });
}

async function runOutside(step: Step, database: Database, statements: StatementWatch): Promise<boolean> {
  const { knex } = database;
  const plain = knex.withUserParams({});
  const inTransaction = <Result>(work: (trx: Knex) => Promise<Result>): Promise<Result> =>
    withoutProcessing(plain, () => plain.transaction(work));
  const mark = await inTransaction(async (trx) =>
    (await begin(trx, step, database)) ? markBegun(trx, step, database) : undefined,
  );
  if (mark === undefined) return false;
  try {
    await statements.during(() => callRepeatedly(step, database));
  } catch (error) {
    await inTransaction(async (trx) => {
      if (statements.isAllUndone()) await mark.takeBack(trx);
      await freeKnexLock(trx, database.config);
    }).catch(() => undefined);
    throw error;
  }
  await inTransaction((trx) => finish(trx, step, database));
  return true;
}

/** What says that it can be run again is, where one of its steps gives up waiting for a lock. */
async function callRepeatedly(step: Step, database: Database): Promise<void> {
  const call = (): Promise<void> => callMigration(database.knex, step, database);
  return (await isRepeatable(step.name, database)) ? retry(step, database, call) : call();
}

async function isRepeatable(name: string, { migrations }: Database): Promise<boolean> {
  const { config } = await migrations.read(name);
  return config?.repeatable === true;
}

/** Takes Knex's lock; false where a plain Knex had it and ran the migration meanwhile. */
async function begin(trx: Knex, step: Step, { knex, config }: Database): Promise<boolean> {
  if (isPostgres(knex)) {
    const { lockTimeout } = step;
    for (const sql of listSessionSettings({ transaction: true, lockTimeout })) await trx.raw(sql);
  }
  await takeKnexLock(trx, config, step);
  const found = await selectTable(trx, config).where({ name: step.name }).select("name");
  const isDone = found.length > 0 === (step.direction === "up");
  if (isDone) await freeKnexLock(trx, config);
  return !isDone;
}

/** Calls the migration itself, as Knex does, with the hooks of the configuration around it. */
async function callMigration(
  knex: Knex,
  { name, direction, onAdopt }: Step,
  database: Database,
): Promise<void> {
  const { migrations, config } = database;
  const hooks: Knex.MigratorConfigWithLifecycleHooks = config.migrations ?? {};
  const given = [migrations.find(name)];
  const module = await migrations.read(name);
  if (direction === "up" && (await isBaselineThere(knex, { name, module }))) return onAdopt(name);
  await hooks.beforeEach?.(knex, given);
  await module[direction]?.(knex);
  await hooks.afterEach?.(knex, given);
}

/** Writes what is so now, and gives Knex's lock back. */
async function finish(trx: Knex, step: Step, database: Database): Promise<void> {
  const { config } = database;
  const { name, batch } = step;
  if (step.direction === "up") {
    const appliedAt = new Date();
    await selectTable(trx, config).insert({ name, batch, migration_time: appliedAt });
    await writeHash(trx, config, { name, hash: findFileHash(name, database), appliedAt });
  } else {
    await selectTable(trx, config).where({ name }).del();
    await selectHashes(trx, config).where({ name }).del();
  }
  await freeKnexLock(trx, config);
}

/** A mark that a migration was begun. */
interface Mark {
  /** For one that left nothing behind. */
  takeBack(trx: Knex): Promise<void>;
}

async function markBegun(trx: Knex, { name, direction }: Step, database: Database): Promise<Mark> {
  const { config } = database;
  const before: readonly object[] = await selectHashes(trx, config).where({ name });
  const hash = direction === "up" ? (findFileHash(name, database) ?? "") : null;
  await writeHash(trx, config, { name, hash, appliedAt: null });
  return {
    takeBack: async (later) => {
      await selectHashes(later, config).where({ name }).del();
      if (before.length > 0) await selectHashes(later, config).insert(before);
    },
  };
}

function findFileHash(name: string, { migrations }: Database): string | null {
  const file = migrations.files.find((each) => each.name === name);
  return (file && readFileHash(file)) ?? null;
}
