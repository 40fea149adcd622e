import { failure, type AshlarError } from "../../support/problem.js";
import { describeError } from "./knexfile.js";

/** The connection settings of Knex's clients, as far as they say where the database is. */
interface Address {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly database?: unknown;
  readonly filename?: unknown;
}

/** The error for a database that gives no connection; it says where the database was looked for, never the password. */
export function createUnreachableError(error: unknown, address: Address): AshlarError {
  const cause = findCause(error);
  return failure({
    code: "database.unreachable",
    message: `Cannot connect to the database ${describeAddress(address)}: ${describeError(cause)}.`,
    hint: adviseOn(readCode(cause)),
  });
}

/** A host with several addresses fails with an error for each and no message of its own. */
function findCause(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}

function describeAddress({ host, port, database, filename }: Address): string {
  if (filename !== undefined) return `"${String(filename)}"`;
  const server = [host ?? "localhost", port].filter((part) => part !== undefined).join(":");
  return database === undefined ? `at ${server}` : `"${String(database)}" at ${server}`;
}

function readCode(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function adviseOn(code: unknown): string {
  switch (code) {
    case "3D000":
      return 'Make it and migrate it: npx ashlar setup. Or correct "connection" in the knexfile.';
    case "28P01":
    case "28000":
      return 'Correct the user and the password under "connection" in the knexfile.';
    default:
      return 'Start the database, or correct "connection" in the knexfile.';
  }
}
