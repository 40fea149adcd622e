import { AshlarError } from "../../support/problem.js";
import type { UnavailableReason } from "./database-failure.js";
import type { Issue } from "./issue.js";
import {
  describeMultipleResults,
  describeNotFound,
  describeStale,
  type RecordReference,
  type StaleReference,
} from "./record-problems.js";
import { describeAbort, describeUnavailable, type AbortReason } from "./transaction-problems.js";

/**
 * An input was refused, by a check of ashlar's or by the database; every issue says where.
 *
 * @example
 * catch (error) { if (error instanceof InvalidError) showForm(error.issues); }
 */
export class InvalidError extends AshlarError {
  override readonly name: string = "InvalidError";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], options?: ErrorOptions) {
    super("failure", issues, options);
    this.issues = issues;
  }
}

/** There is no such record, or none that the query selects: `record.not_found`. */
export class NotFoundError extends AshlarError {
  override readonly name: string = "NotFoundError";

  constructor(meant: RecordReference, options?: ErrorOptions) {
    super("failure", [describeNotFound(meant)], options);
  }
}

/** A query for one record found several: `record.multiple_results`. */
export class MultipleResultsError extends AshlarError {
  override readonly name: string = "MultipleResultsError";

  constructor(meant: RecordReference, options?: ErrorOptions) {
    super("failure", [describeMultipleResults(meant)], options);
  }
}

/** A record that was to be changed is gone or is another by now: `record.stale`. */
export class StaleRecordError extends AshlarError {
  override readonly name: string = "StaleRecordError";

  constructor(meant: StaleReference, options?: ErrorOptions) {
    super("failure", [describeStale(meant)], options);
  }
}

/** The transaction is lost, and what it did is undone: `transaction.` and the reason. */
export class TransactionAbortedError extends AshlarError {
  override readonly name: string = "TransactionAbortedError";

  constructor(reason: AbortReason, options?: ErrorOptions) {
    super("failure", [describeAbort(reason)], options);
  }
}

/** The database cannot be reached, was lost, or has no connection free: `database.unavailable`. */
export class DatabaseUnavailableError extends AshlarError {
  override readonly name: string = "DatabaseUnavailableError";

  /** `said` are the words of the database or its driver. */
  constructor({ reason, said = "" }: { reason: UnavailableReason; said?: string }, options?: ErrorOptions) {
    super("failure", [describeUnavailable(reason, said)], options);
  }
}
