import type { Problem } from "../../support/problem.js";
import type { DatabaseFailure, UnavailableReason } from "./database-failure.js";

/** Why a transaction came to nothing. */
export type AbortReason = Extract<
  DatabaseFailure["kind"],
  "serialization" | "deadlock" | "aborted" | "completed"
>;

export function describeAbort(reason: AbortReason): Problem {
  return abortProblems[reason];
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
    hint: "Run it again, or have it run again: repo.transaction(…, { retries: 3 }).",
  },
  deadlock: {
    code: "transaction.deadlock",
    message: "This transaction and another waited for each other's rows, so the database undid this one.",
    hint: "Run it again, or have it run again: repo.transaction(…, { retries: 3 }). Changing rows in one order everywhere avoids it.",
  },
  completed: {
    code: "transaction.completed",
    message: "A statement was sent in a transaction that has ended.",
    hint: "Await every statement inside the function given to repo.transaction(…), and use its repo only there.",
  },
};

/** `said` are the words of the database or its driver, or empty. */
export function describeUnavailable(reason: UnavailableReason, said: string): Problem {
  const { what, hint } = unavailableWords[reason];
  const message = said === "" ? what : `${what}: ${said}`;
  return { code: "database.unavailable", message: /[.?!]$/.test(message) ? message : `${message}.`, hint };
}

const unavailableWords: Record<UnavailableReason, { readonly what: string; readonly hint: string }> = {
  unreachable: {
    what: "The database cannot be reached",
    hint: "See that its server runs, and that the connection's host and port are right.",
  },
  refused: {
    what: "The database refused the connection",
    hint: "See that the connection's user, password, database and ssl are right.",
  },
  full: {
    what: "The database takes no more connections",
    hint: "Lower pool.max, of all processes together, below the server's max_connections.",
  },
  lost: {
    what: "The connection to the database was lost",
    hint: "Try again: a new connection is opened. What was not committed is undone; of a commit that was on its way, look whether it was done.",
  },
  exhausted: {
    what: "No connection to the database came free in time",
    hint: "Look for transactions that stay open long or wait for another connection, or raise pool.max.",
  },
  closed: {
    what: "The database was closed by this process",
    hint: "Await all work before knex.destroy().",
  },
  busy: {
    what: "Another connection is writing to the database",
    hint: "Try again: repo.transaction(…, { retries: 3 }). Keep transactions short, or wait longer: pragma busy_timeout.",
  },
  unopened: {
    what: "The database's file cannot be opened",
    hint: "See that connection.filename is right, and that its folder exists and may be written to.",
  },
};
