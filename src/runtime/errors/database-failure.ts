import { classifyConnectionError } from "./connection-failure.js";
import { readDriverError } from "./driver-error.js";
import { classifyPostgresError, isSqlState } from "./postgres-failure.js";
import { classifySqliteError, isSqliteCode } from "./sqlite-failure.js";

/** What is wrong with a value that a column cannot hold. */
export type ValueFault = "tooLong" | "outOfRange" | "malformed" | "character";

/** Why no answer came. */
export type UnavailableReason =
  "unreachable" | "refused" | "full" | "lost" | "exhausted" | "closed" | "busy" | "unopened";

/** A key or a check that the rows did not meet. */
export interface RuleFailure {
  readonly kind: "unique" | "foreignKey" | "check";
  readonly constraint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly columns?: readonly string[];
}

/** A null where the column takes none. */
export interface NullFailure {
  readonly kind: "notNull";
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
}

/** A value that the column's type does not take. */
export interface ValueFailure {
  readonly kind: "value";
  readonly fault: ValueFault;
  /** In the database's own words, such as `character varying(80)`. */
  readonly type?: string;
}

/** What a database said, in one vocabulary. Whatever it did not name is left out. */
export type DatabaseFailure =
  | RuleFailure
  | NullFailure
  | ValueFailure
  | { readonly kind: "unavailable"; readonly reason: UnavailableReason }
  | { readonly kind: "serialization" | "deadlock" | "aborted" | "completed" | "other" };

/**
 * What the database, its driver or Knex's pool means by what was thrown. PostgreSQL and PGlite name a constraint by
 * its name; SQLite names the columns of a unique key, the name of a check, and nothing of a foreign key.
 *
 * @example
 * classifyDatabaseError(error); // { kind: "unique", constraint: "users_pkey", table: "users", columns: ["id"] }
 */
export function classifyDatabaseError(error: unknown): DatabaseFailure {
  const read = readDriverError(error);
  if (read === undefined) return { kind: "other" };
  if (isSqlState(read.code)) return classifyPostgresError(read);
  if (isSqliteCode(read.code)) return classifySqliteError(read);
  return classifyConnectionError(read);
}
