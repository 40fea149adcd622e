import type { ResourceDefinition } from "../resource-definition.js";
import { cutStatement } from "./driver-error.js";
import { isSqlState } from "./postgres-failure.js";

/**
 * The same error without what a log must not show. Knex puts the statement before the message, on SQLite with its
 * values; PostgreSQL quotes a value that a type does not take, and gives whole rows in `detail`. The message becomes
 * the database's own; `detail` stays only where `resource` is given and nothing of it is sensitive.
 *
 * @example
 * withoutBindings(error).message; // duplicate key value violates unique constraint "users_unique_email_index"
 */
export function withoutBindings(error: unknown, resource?: ResourceDefinition): unknown {
  if (!(error instanceof Error)) return error;
  const code: unknown = Reflect.get(error, "code");
  const state = typeof code === "string" && isSqlState(code) ? code : "";
  setMessage(error, state.startsWith("22") ? describeDataException(state) : cutStatement(error.message));
  for (const field of listTelltaleFields(state, resource)) Reflect.deleteProperty(error, field);
  return error;
}

function listTelltaleFields(state: string, resource: ResourceDefinition | undefined): readonly string[] {
  const own = ["bindings", "params"];
  if (state.startsWith("22")) return [...own, "detail", "where"];
  const isHarmless = resource?.attributes.every(({ sensitive }) => !sensitive) ?? false;
  return state.startsWith("23") && !isHarmless ? [...own, "detail"] : own;
}

/** The standard's names of the conditions: the server's own messages quote the value. */
const dataExceptions: Readonly<Record<string, string>> = {
  "22001": "string data right truncation",
  "22003": "numeric value out of range",
  "22007": "invalid datetime format",
  "22008": "datetime field overflow",
  "22012": "division by zero",
  "22021": "character not in repertoire",
  "22P02": "invalid text representation",
  "22P03": "invalid binary representation",
  "22P05": "untranslatable character",
};

function describeDataException(state: string): string {
  return `${dataExceptions[state] ?? "data exception"} (${state})`;
}

/** The stack begins with the message, and holds it even where the message is changed later. */
function setMessage(error: Error, message: string): void {
  if (message === error.message) return;
  const lines = (error.stack ?? "").split("\n");
  const last = lines.findLastIndex((line) => !line.startsWith("    at "));
  error.message = message;
  error.stack = [`${error.name}: ${message}`, ...lines.slice(last + 1)].join("\n");
}
