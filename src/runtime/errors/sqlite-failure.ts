import type { DatabaseFailure } from "./database-failure.js";
import type { DriverError } from "./driver-error.js";

/** An error code of SQLite's, such as `SQLITE_CONSTRAINT_UNIQUE`? */
export function isSqliteCode(code: string): boolean {
  return code.startsWith("SQLITE_");
}

/** What SQLite means. Its codes tell little, and a foreign key with `restrict` fails as a trigger; its messages are fixed. */
export function classifySqliteError({ code, message }: DriverError): DatabaseFailure {
  if (code.startsWith("SQLITE_CONSTRAINT")) return classifyConstraint(message);
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return { kind: "unavailable", reason: "busy" };
  if (/^SQLITE_(?:CANTOPEN|NOTADB)/.test(code)) return { kind: "unavailable", reason: "unopened" };
  return code === "SQLITE_MISMATCH"
    ? { kind: "value", fault: "malformed", type: "integer" }
    : { kind: "other" };
}

function classifyConstraint(message: string): DatabaseFailure {
  if (message === "FOREIGN KEY constraint failed") return { kind: "foreignKey" };
  const [, rule, subject = ""] = message.match(/^(UNIQUE|NOT NULL|CHECK) constraint failed: ([^]*)$/) ?? [];
  if (rule === "UNIQUE") return { kind: "unique", ...readKey(subject) };
  if (rule === "CHECK") return { kind: "check", constraint: subject };
  if (rule === "NOT NULL") return { kind: "notNull", ...splitColumn(subject) };
  return { kind: "other" };
}

/** `users.first, users.last`, or `index 'users_lower_email'` where the key is an expression. */
function readKey(subject: string): { constraint: string } | { table: string; columns: readonly string[] } {
  const index = subject.match(/^index '([^]*)'$/)?.[1];
  if (index !== undefined) return { constraint: index };
  const parts = subject.split(", ").map(splitColumn);
  return { table: parts[0]?.table ?? "", columns: parts.map(({ column }) => column) };
}

function splitColumn(name: string): { table: string; column: string } {
  const dot = name.lastIndexOf(".");
  return { table: name.slice(0, Math.max(dot, 0)), column: name.slice(dot + 1) };
}
