import { AshlarError, type Problem } from "../../support/problem.js";
import type { ResourceDefinition } from "../resource-definition.js";
import type { Issue } from "./issue.js";
import { describeRecord, nameResource, type RecordKey } from "./record-words.js";

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

/** Which record was meant, where the error is about one. */
export interface RecordReference {
  readonly resource: ResourceDefinition;
  /** Attributes and their values, those of the primary key or of an identity. */
  readonly key?: RecordKey;
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

  constructor(meant: RecordReference & { readonly operation: "update" | "destroy" }, options?: ErrorOptions) {
    super("failure", [describeStale(meant)], options);
  }
}

/** Why a transaction came to nothing. */
export type AbortReason = "aborted" | "serialization" | "deadlock" | "completed";

/** The transaction is lost, and what it did is undone: `transaction.` and the reason. */
export class TransactionAbortedError extends AshlarError {
  override readonly name: string = "TransactionAbortedError";

  constructor(reason: AbortReason, options?: ErrorOptions) {
    super("failure", [abortProblems[reason]], options);
  }
}

/** Why no answer came. */
export type UnavailableReason = "unreachable" | "lost" | "exhausted" | "busy" | "unopened";

/** The database cannot be reached, was lost, or has no connection free: `database.unavailable`. */
export class DatabaseUnavailableError extends AshlarError {
  override readonly name: string = "DatabaseUnavailableError";

  constructor(reason: UnavailableReason, options?: ErrorOptions) {
    super("failure", [{ code: "database.unavailable", ...unavailableWords[reason] }], options);
  }
}

function describeNotFound(meant: RecordReference): Problem {
  return {
    code: "record.not_found",
    message:
      meant.key === undefined
        ? `The query found no ${meant.resource.name}.`
        : `There is no ${describeRecord(meant.resource, meant.key)}.`,
    hint:
      meant.key === undefined
        ? "Widen its filter, or use readOne(), which gives null."
        : "Check the key, or read it by a query: readOne() gives null.",
  };
}

function describeMultipleResults({ resource, key }: RecordReference): Problem {
  const meant = key === undefined ? nameResource(resource) : describeRecord(resource, key);
  return {
    code: "record.multiple_results",
    message: `The query found more than one ${meant}.`,
    hint: "Narrow its filter, take the first by sort(…).limit(1), or read them all: read().",
  };
}

function describeStale({
  resource,
  key,
  operation,
}: RecordReference & { readonly operation: "update" | "destroy" }): Problem {
  const done = operation === "update" ? "updated" : "destroyed";
  return {
    code: "record.stale",
    message: `The ${describeRecord(resource, key)} was not ${done}: it is gone, or was changed since it was read.`,
    hint: "Read it again and repeat what is still wanted.",
  };
}

const abortProblems: Record<AbortReason, Problem> = {
  aborted: {
    code: "transaction.aborted",
    message: "An earlier statement of this transaction failed, so the database takes no more of it.",
    hint: "Wrap what may fail in a transaction of its own inside: repo.transaction(…). Only that is undone then.",
  },
  serialization: {
    code: "transaction.serialization",
    message: "Another transaction changed the same rows at the same time, so the database undid this one.",
    hint: "Run it again, or have it run again: repo.transaction(…, { retry: 3 }).",
  },
  deadlock: {
    code: "transaction.deadlock",
    message: "This transaction and another waited for each other's rows, so the database undid this one.",
    hint: "Run it again, or have it run again: repo.transaction(…, { retry: 3 }). Changing rows in one order everywhere avoids it.",
  },
  completed: {
    code: "transaction.completed",
    message: "A statement was sent in a transaction that has ended.",
    hint: "Await every statement inside the function given to repo.transaction(…), and use its repo only there.",
  },
};

const unavailableWords: Record<UnavailableReason, { readonly message: string; readonly hint: string }> = {
  unreachable: {
    message: "The database cannot be reached.",
    hint: "See that its server runs, and that host and port of the connection are right.",
  },
  lost: {
    message: "The connection to the database was lost; whatever was not committed is undone.",
    hint: "Try again: the next query opens a new connection.",
  },
  exhausted: {
    message: "No connection to the database came free in time.",
    hint: "Look for transactions that stay open long, or allow more connections: pool: { max: … } in the knexfile.",
  },
  busy: {
    message: "The database is locked by another connection that writes.",
    hint: "Try again, keep transactions short, or wait longer: pragma busy_timeout.",
  },
  unopened: {
    message: "The database's file cannot be opened.",
    hint: "See that its folder exists and may be written: connection.filename in the knexfile.",
  },
};
