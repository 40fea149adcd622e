/**
 * Rows may rightly be in the way: a step that was allowed although some rows may break it, or a way back that stops
 * rather than lose something. What such a migration does is then proved without rows, and the obstacle is told.
 */
import { compareSchemas } from "../../migrations/compare.js";
import { invertAll } from "../../migrations/invert.js";
import type { Operation } from "../../migrations/operation.js";
import { reviewOperations } from "../../migrations/review.js";
import type { Finding } from "./checks.js";
import { describeCause } from "./proof-problems.js";
import { MigrationRunError } from "./run-migration.js";
import type { Trial } from "./trial.js";

/** A way back that left columns nullable, since rows have no value for them. */
class LeftNullableError extends Error {}

/** What rows are in the way of, a sentence; undefined for an error that has other reasons. */
export function findObstacle(error: unknown, operations: readonly Operation[]): string | undefined {
  if (error instanceof LeftNullableError) return error.message;
  if (!(error instanceof MigrationRunError)) return undefined;
  const { direction, statement, cause } = error;
  const isForeseen =
    statement === undefined ? !isProgramError(cause) : isRefusedRow(cause) && isRisky(operations, direction);
  if (!isForeseen) return undefined;
  return `The way ${direction} stops where rows are in the way: ${describeCause(error)}.`;
}

/** A migration that stops by itself throws a plain error; the language throws its own. */
function isProgramError(cause: unknown): boolean {
  return cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof SyntaxError;
}

function isRisky(operations: readonly Operation[], direction: "up" | "down"): boolean {
  return reviewOperations(direction === "up" ? operations : invertAll(operations)).length > 0;
}

/** Did the database refuse what a row holds? PostgreSQL: classes 22 and 23; SQLite: rows, and numbers of rows. */
function isRefusedRow(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^(?:2[23]|SQLITE_(?:CONSTRAINT|MISMATCH))/.test(code);
}

/** @throws LeftNullableError where that alone is left to be done */
export function refuseLeftNullable({ database, ground }: Trial, expected: Finding, found: Finding): void {
  const known = new Map(
    [...found.snapshot].filter(([key]) => !ground.has(key) || expected.snapshot.has(key)),
  );
  const differences = compareSchemas(expected.snapshot, known, database);
  const isLeft = differences.every((each) => each.expected === "not null" && each.actual === "nullable");
  if (differences.length > 0 && isLeft) {
    const columns = differences.map(({ table, what }) => `the ${what} of "${table}"`).join(", ");
    throw new LeftNullableError(`The way down leaves ${columns} nullable where rows have no value for it.`);
  }
}
