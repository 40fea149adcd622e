import { isAshlarError } from "../../support/problem.js";
import { describeConstraintFailure, type FailedStatement } from "./constraint-issues.js";
import { classifyDatabaseError, type DatabaseFailure } from "./database-failure.js";
import { readDriverError } from "./driver-error.js";
import { DatabaseUnavailableError, InvalidError, TransactionAbortedError } from "./errors.js";
import { describeUnknownConstraint } from "./unknown-constraint.js";
import { withoutBindings } from "./without-bindings.js";

/**
 * The error to throw for what a statement through Knex threw: InvalidError, TransactionAbortedError,
 * DatabaseUnavailableError, or the error itself where nothing better is known. The database's own error is its `cause`,
 * without the statement and the values in it. An AshlarError stays what it is.
 *
 * @example
 * await insert.catch((error) => { throw translateDatabaseError(error, { resource, operation: "create" }); });
 */
export function translateDatabaseError(error: unknown, statement?: FailedStatement): unknown {
  if (isAshlarError(error)) return error;
  const failure = classifyDatabaseError(error);
  const cause = withoutBindings(error, statement?.resource);
  switch (failure.kind) {
    case "other":
      return cause;
    case "unavailable":
      return new DatabaseUnavailableError({ reason: failure.reason, said: findWords(cause) }, { cause });
    case "serialization":
    case "deadlock":
    case "aborted":
    case "completed":
      return new TransactionAbortedError(failure.kind, { cause });
    default:
      return new InvalidError(
        statement === undefined
          ? [describeUnknownConstraint(failure)]
          : describeConstraintFailure(failure, statement),
        { cause },
      );
  }
}

function findWords(cause: unknown): string {
  return readDriverError(cause)?.message ?? "";
}

/**
 * May the whole transaction be tried again, with hope? True of a serialization failure, a deadlock and a locked SQLite
 * file, as they were thrown or as the cause of what was made of them.
 */
export function isRetryable(error: unknown): boolean {
  for (let [at, depth]: [unknown, number] = [error, 0]; at instanceof Error && depth < 10; depth += 1) {
    const failure = classifyDatabaseError(at);
    if (failure.kind !== "other") return isPassing(failure);
    at = at.cause;
  }
  return false;
}

function isPassing(failure: DatabaseFailure): boolean {
  if (failure.kind === "unavailable") return failure.reason === "busy";
  return failure.kind === "serialization" || failure.kind === "deadlock";
}
