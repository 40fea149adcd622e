import { failure, isAshlarError, type AshlarError, type Problem } from "../../support/problem.js";
import { adviseOnClash, type Encounter } from "./branch-encounter.js";
import type { Database } from "./database.js";
import { findWhereabouts } from "./error-location.js";
import { describeError } from "./knexfile.js";
import { isLockTimeout } from "./lock-timeout.js";

export interface FailedMigration {
  readonly name: string;
  readonly direction: "up" | "down";
  /** What it did before it failed: undone with its transaction, to be gone on from by the next run, or just there. */
  readonly begun: "undone" | "repeatable" | "stays";
  /** Who has a transaction open, where it waited too long for a lock. */
  readonly blocker: string | undefined;
  /** How it meets what another branch has run. */
  readonly branches: Encounter | undefined;
}

/** The error for a migration that Knex could not run: what the database said, to which statement, from which line. */
export function createMigrationFailure(
  error: unknown,
  migration: FailedMigration,
  database: Database,
): AshlarError {
  if (hasCode(error, "SQLITE_BUSY")) return createBusyError(error);
  const path = database.migrations.files.find(({ name }) => name === migration.name)?.path ?? "";
  const problem = describeFailure(error, migration, database.findStatement(error));
  return failure({ ...problem, ...findWhereabouts(error, database.root, path) });
}

function describeFailure(error: unknown, migration: FailedMigration, statement: string | undefined): Problem {
  const said = describeDatabaseMessage(error, statement);
  const what = migration.direction === "up" ? "The migration" : "Rolling back the migration";
  const shown = statement === undefined ? "" : ` The statement was: ${shorten(statement)}`;
  return {
    code: findCode(error, said),
    message: `${what} "${migration.name}" failed: ${said}.${shown}`,
    hint:
      adviseOnBranches(migration) ??
      [...listAdvice(error, said), ...describeBlocker(migration), describeState(migration)].join(" "),
  };
}

function findCode(error: unknown, said: string): string {
  if (isLockTimeout(error)) return "migration.lock.timeout";
  return isTableThere(error, said) ? "migration.table.exists" : "migration.failed";
}

/** What another branch has done to the same table goes before what the database said. */
function adviseOnBranches({ name, branches }: FailedMigration): string | undefined {
  if (branches?.kind === "unfinished") {
    return "The snapshots hold the marks of a merge. How to finish that: npx ashlar check";
  }
  if (branches?.kind !== "clash") return undefined;
  const { also, hint } = adviseOnClash(name, branches);
  return `${also} ${hint}`;
}

function describeBlocker({ blocker }: FailedMigration): readonly string[] {
  if (blocker === undefined) return [];
  return [
    `The longest open transaction is that of ${blocker}. Wait for it or end it, or take --lock-timeout 30s.`,
  ];
}

/** Knex puts the statement before the database's message; PostgreSQL has more to say beside it. */
function describeDatabaseMessage(error: unknown, statement: string | undefined): string {
  if (isAshlarError(error)) return error.problems.map(({ message }) => message.replace(/\.$/, "")).join(" ");
  const message = error instanceof Error ? error.message : String(error);
  const prefix = `${statement ?? ""} - `;
  const own = describeError(message.startsWith(prefix) ? message.slice(prefix.length) : message);
  const detail = error instanceof Error && "detail" in error && error.detail;
  return typeof detail === "string" ? `${own} (${describeError(detail)})` : own;
}

function isTableThere(error: unknown, said: string): boolean {
  if (hasCode(error, "42P07")) return true;
  return /^table .* already exists$/.test(said);
}

function isColumnThere(error: unknown, said: string): boolean {
  return hasCode(error, "42701") || said.startsWith("duplicate column name: ");
}

/** A view, or another object that no snapshot knows, holds on to what is to be changed or dropped. */
function hasDependents(error: unknown, said: string): boolean {
  return (
    hasCode(error, "2BP01") ||
    (hasCode(error, "0A000") && said.startsWith("cannot alter type of a column used"))
  );
}

const adviceOnStaleView =
  "That view reads what is not there any more, and SQLite renames no table beside it: drop it, or make it anew.";

const adviceOnDependents =
  "Let the migration drop that first and make it again afterwards, as SQL: in its up, and the other way round in its down.";

function listAdvice(error: unknown, said: string): string[] {
  if (isAshlarError(error)) return error.problems.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  if (hasDependents(error, said)) return [adviceOnDependents];
  if (/^error in view .*: no such (table|column)/.test(said)) return [adviceOnStaleView];
  if (!isTableThere(error, said) && !isColumnThere(error, said)) return [];
  const generated = isTableThere(error, said) ? [adviceOnGenerated] : [];
  return [
    "The database holds it already: drop it if nobody needs it, or take it out of the migration.",
    ...generated,
  ];
}

const adviceOnGenerated =
  "Where gen migrations wrote it for a table that was there before: npx ashlar undo migration, then npx ashlar gen resources --from-database.";

function describeState({ direction, begun }: FailedMigration): string {
  const command = direction === "up" ? "npx ashlar migrate" : "npx ashlar rollback";
  return `${states[begun]}, then run: ${command}`;
}

const states: Readonly<Record<FailedMigration["begun"], string>> = {
  undone: "The database is as it was before this migration. Correct it",
  repeatable:
    "It runs outside a transaction: what it did before this statement stays, and the next run goes on from there. Correct what the statement met",
  stays:
    "It runs outside a transaction, so what it did before this statement stays, and the next run begins anew. Take that back by hand",
};

function shorten(statement: string): string {
  return statement.length <= 500 ? statement : `${statement.slice(0, 500)}…`;
}

function createBusyError(error: Error): AshlarError {
  return failure({
    code: "database.busy",
    message: `Another process has been writing to this database for too long: ${describeError(error)}.`,
    hint: "Wait for it, then run the command again.",
  });
}

function hasCode(error: unknown, code: string): error is Error {
  return error instanceof Error && "code" in error && error.code === code;
}
