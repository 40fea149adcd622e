import type { FailedStatement } from "./constraint-issues.js";

/**
 * The error to throw for what Knex threw: InvalidError, TransactionAbortedError, DatabaseUnavailableError, or the error
 * itself where nothing better is known. The database's own error is its `cause`.
 */
export function translateDatabaseError(error: unknown, _statement?: FailedStatement): unknown {
  return error;
}

/** May the whole transaction be tried again? */
export function isRetryable(_error: unknown): boolean {
  return false;
}
