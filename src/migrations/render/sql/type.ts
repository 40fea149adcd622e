import type { AttributeType } from "../../../runtime/attribute-type.js";
import { postgresType } from "../../../runtime/values/postgres-type.js";
import { type TypeVisitor, visitType } from "../../../runtime/values/visit-type.js";
import type { MigrationDatabase } from "../source.js";
import { quoteTable } from "./names.js";

/**
 * A type as the database writes it.
 *
 * @example
 * buildType({ kind: "enum", values: ["open"], native: "task_state" }, "postgres"); // '"task_state"'
 */
export function buildType(type: AttributeType, database: MigrationDatabase): string {
  if (type.databaseType !== undefined) return type.databaseType;
  if (database === "sqlite") return visitType(type, sqliteTypes);
  if (type.kind === "array") return `${buildType(type.of, database)}[]`;
  return type.kind === "enum" && type.native !== undefined ? quoteTable(type.native) : postgresType(type);
}

/** Is the type held as the project says, not as ashlar would? */
export function isStoredByChoice(type: AttributeType): boolean {
  if (type.databaseType !== undefined) return true;
  if (type.kind === "array") return isStoredByChoice(type.of);
  return type.kind === "enum" && type.native !== undefined;
}

/** The same types that Knex's builder gives a column. */
export const sqliteTypes: TypeVisitor<string> = {
  string: ({ length = 255 }) => `varchar(${length})`,
  text: () => "text",
  integer: () => "integer",
  bigint: () => "bigint",
  float: () => "float",
  decimal: () => "float",
  boolean: () => "boolean",
  uuid: () => "char(36)",
  date: () => "date",
  time: () => "time",
  datetime: () => "datetime",
  json: () => "json",
  binary: () => "blob",
  enum: () => "text",
  array: () => "json",
};
