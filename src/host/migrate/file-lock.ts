import { realpathSync } from "node:fs";
import { isAshlarError } from "../../support/problem.js";
import { acquireProcessLock, type ProcessLock } from "../../support/process-lock.js";
import type { Database } from "./database.js";
import type { RunLock } from "./run-lock.js";

/** A lock file beside a SQLite database, `<file>.migrate.lock`; undefined for a database in memory. */
export function createFileLock({ knex }: Database): RunLock | undefined {
  const path = findFile(knex.client.connectionSettings);
  if (path === undefined) return undefined;
  let lock: ProcessLock | undefined;
  return {
    async take() {
      try {
        lock = acquireProcessLock(`${path}.migrate.lock`, { purpose: "running migrations" });
        return undefined;
      } catch (error) {
        return describeHolder(error);
      }
    },
    async check() {},
    async release() {
      lock?.release();
    },
  };
}

/** A link to the file must lead to the same lock. */
function findFile(settings: { readonly filename?: unknown } | undefined): string | undefined {
  try {
    return realpathSync(String(settings?.filename));
  } catch {
    return undefined;
  }
}

/** @throws whatever is not that another process has the lock */
function describeHolder(error: unknown): string {
  if (!isAshlarError(error) || error.code !== "lock.held") throw error;
  return error.problems.map(({ message }) => message.replace(/\.$/, "")).join(" ");
}
