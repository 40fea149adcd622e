import { setTimeout } from "node:timers/promises";
import { failure } from "../../support/problem.js";
import { createAdvisoryLock } from "./advisory-lock.js";
import type { Database } from "./database.js";
import { createFileLock } from "./file-lock.js";
import { isPostgres } from "./session-settings.js";

/** A lock that lets one run of migrations at a time have a database, and dies with its holder. */
export interface RunLock {
  /** Takes it at once or not at all; gives undefined where it was taken, else who has it. */
  take(): Promise<string | undefined>;
  /** @throws AshlarError `migration.lock.lost` where it is no longer held */
  check(): Promise<void>;
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for another run, in milliseconds. By default ten minutes. */
  readonly maximumWait?: number;
  /** Called once where another run has to be waited for, with who it is. */
  readonly onWait?: (holder: string) => void;
}

/** The lock that a run holds; `isAlone` where it is sure that no other run of ours is alive. */
export interface HeldLock {
  readonly isAlone: boolean;
  /** @throws AshlarError `migration.lock.lost` */
  check(): Promise<void>;
}

const defaultWait = 600_000;
const patience = 1000;
const pause = 100;

/**
 * Does the work while no other run of migrations does, and waits for that as long as it must. PGlite and a database in
 * memory are this process's alone. On databases for which we have no such lock, Knex's own has to do.
 *
 * @throws AshlarError `migration.locked` with who has it, once the wait is too long
 */
export async function withRunLock<Result>(
  database: Database,
  options: LockOptions,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const kind = findKind(database);
  const lock = createRunLock(kind, database);
  if (lock === undefined) return work({ isAlone: kind !== "other", check: async () => {} });
  try {
    await waitFor(lock, options);
    return await work({ isAlone: true, check: () => lock.check() });
  } finally {
    await lock.release();
  }
}

type Kind = "server" | "embedded" | "file" | "other";

function createRunLock(kind: Kind, database: Database): RunLock | undefined {
  if (kind === "server") return createAdvisoryLock(database);
  return kind === "file" ? createFileLock(database) : undefined;
}

function findKind({ knex }: Database): Kind {
  if (isPostgres(knex)) return knex.client.driver?.Client === undefined ? "embedded" : "server";
  return knex.client.dialect === "sqlite3" ? "file" : "other";
}

/**
 * Asks again and again. A statement that waits would hold a snapshot, and an index that the other run builds
 * CONCURRENTLY would wait for that: both for ever.
 */
async function waitFor(lock: RunLock, { maximumWait = defaultWait, onWait }: LockOptions): Promise<void> {
  const start = performance.now();
  let isSaid = false;
  for (;;) {
    const holder = await lock.take();
    if (holder === undefined) return;
    const waited = performance.now() - start;
    if (waited >= maximumWait) throw createLockedError(holder);
    if (!isSaid && waited >= patience) {
      isSaid = true;
      onWait?.(holder);
    }
    await setTimeout(pause);
  }
}

function createLockedError(holder: string): Error {
  return failure({
    code: "migration.locked",
    message: `Another run of migrations has this database: ${holder}.`,
    hint: "Wait for it, then run the command again. To wait longer: --wait 30m",
  });
}
