import type { DatabaseFailure, UnavailableReason } from "./database-failure.js";
import type { DriverError } from "./driver-error.js";

/** What Node, a driver or Knex means where the database itself gave no code. */
export function classifyConnectionError(error: DriverError): DatabaseFailure {
  if (error.message.startsWith("Transaction query already complete")) return { kind: "completed" };
  const reason = findReason(error);
  return reason === undefined ? { kind: "other" } : { kind: "unavailable", reason };
}

function findReason({ code, syscall, message }: DriverError): UnavailableReason | undefined {
  if (syscall === "connect" || syscall === "getaddrinfo") return "unreachable";
  return systemReasons[code] ?? messageReasons.find(([pattern]) => pattern.test(message))?.[1];
}

const systemReasons: Readonly<Record<string, UnavailableReason>> = {
  ECONNREFUSED: "unreachable",
  ENOTFOUND: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EAI_AGAIN: "unreachable",
  ETIMEDOUT: "lost",
  ECONNRESET: "lost",
  ECONNABORTED: "lost",
  EPIPE: "lost",
};

/** Some have no code at all; these are the beginnings of what pg, libsql, better-sqlite3, PGlite and Knex say. */
const messageReasons: readonly (readonly [pattern: RegExp, reason: UnavailableReason])[] = [
  [/^Connection terminated due to connection timeout/, "unreachable"],
  [/^timeout expired$/, "unreachable"],
  [/^The server does not support SSL|^There was an error establishing an SSL connection/, "refused"],
  [/^Connection terminated/, "lost"],
  [/^Client has encountered a connection error/, "lost"],
  [/^Client was closed and is not queryable/, "lost"],
  [/^Knex: Timeout acquiring a connection/, "exhausted"],
  [/^Unable to acquire a connection/, "closed"],
  [/^PGlite is clos/, "closed"],
  [/^The database connection is not open/, "closed"],
  [/Unable to open connection to local database|^Cannot open database because/, "unopened"],
];
