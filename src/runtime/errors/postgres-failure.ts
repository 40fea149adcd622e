import type { DatabaseFailure, UnavailableReason, ValueFault } from "./database-failure.js";
import type { DriverError } from "./driver-error.js";

/** A PostgreSQL error code? Those of Node, such as `EPIPE`, begin with a letter that no class of errors begins with. */
export function isSqlState(code: string): boolean {
  return /^[\dFHPX][\dA-Z]{4}$/.test(code);
}

/** What PostgreSQL or PGlite means; codes and fields alone decide, since messages come in the server's language. */
export function classifyPostgresError(error: DriverError): DatabaseFailure {
  const constraintKind = constraintKinds[error.code];
  if (constraintKind !== undefined) return { kind: constraintKind, ...readConstraint(error) };
  if (error.code === "23502") return { kind: "notNull", ...pick(error, "schema", "table", "column") };
  const fault = valueFaults[error.code];
  if (fault !== undefined) return { kind: "value", fault, ...readType(error) };
  const reason = findReason(error.code);
  if (reason !== undefined) return { kind: "unavailable", reason };
  return { kind: transactionKinds[error.code] ?? "other" };
}

const constraintKinds: Readonly<Record<string, "unique" | "foreignKey" | "check">> = {
  "23505": "unique",
  "23503": "foreignKey",
  "23001": "foreignKey",
  "23514": "check",
  "23P01": "check",
};

const valueFaults: Readonly<Record<string, ValueFault>> = {
  "22001": "tooLong",
  "22003": "outOfRange",
  "22008": "outOfRange",
  "22007": "malformed",
  "22P02": "malformed",
  "22P03": "malformed",
  "22021": "character",
  "22P05": "character",
};

const transactionKinds: Readonly<Record<string, "serialization" | "deadlock" | "aborted">> = {
  "40001": "serialization",
  "40P01": "deadlock",
  "25P02": "aborted",
};

const reasons: Readonly<Record<string, UnavailableReason>> = {
  "08001": "unreachable",
  "08004": "refused",
  "25P03": "lost",
  "25P04": "lost",
  "3D000": "refused",
  "40003": "lost",
  "53300": "full",
  "57P01": "lost",
  "57P02": "lost",
  "57P03": "unreachable",
  "57P04": "lost",
  "57P05": "lost",
};

function findReason(code: string): UnavailableReason | undefined {
  if (code.startsWith("08")) return reasons[code] ?? "lost";
  return code.startsWith("28") ? "refused" : reasons[code];
}

function readConstraint(error: DriverError) {
  const columns = readColumns(error.detail);
  return { ...pick(error, "constraint", "schema", "table"), ...(columns === undefined ? {} : { columns }) };
}

/** `Key (user_id, task_id)=(…) already exists.`: the names before the values; an expression is no column's name. */
function readColumns(detail: string | undefined): readonly string[] | undefined {
  const names = detail?.match(/^[^(]*\(([^]*?)\)=\(/)?.[1];
  return names?.split(", ").map((name) => name.replace(/^"([^]*)"$/, "$1").replaceAll('""', '"'));
}

/** The first match is the database's own: a value that says the same can only stand behind it. */
const typePattern =
  /(?:^| - )(?:invalid input syntax for|value too long for|value "[^"]*" is out of range for) type ([a-z]+(?: [a-z]+)*(?:\(\d+\))?)/;

/** Only the message tells the type, and only where the server speaks English. */
function readType({ message, wholeMessage }: DriverError): { type?: string } {
  const type = message === "numeric field overflow" ? "numeric" : wholeMessage.match(typePattern)?.[1];
  return type === undefined ? {} : { type };
}

function pick<Field extends "constraint" | "schema" | "table" | "column">(
  error: DriverError,
  ...fields: readonly Field[]
): { readonly [Name in Field]?: string } {
  const given: { [Name in Field]?: string } = {};
  for (const field of fields) {
    const text = error[field];
    if (text !== undefined) given[field] = text;
  }
  return given;
}
