import { parseTableKey } from "../../support/table-key.js";
import type { AttributeType } from "../attribute-type.js";
import { escapeSql, quoteName } from "../mapping/quote.js";
import { type TypeVisitor, visitType } from "./visit-type.js";

/**
 * What PostgreSQL calls a type, as it stands in a statement.
 *
 * @example
 * postgresType({ kind: "array", of: { kind: "decimal", precision: 10, scale: 2 } }); // "decimal(10, 2)[]"
 * postgresType({ kind: "text", databaseType: "citext" }); // "citext"
 */
export function postgresType(type: AttributeType): string {
  return type.databaseType === undefined ? visitType(type, postgresTypes) : escapeSql(type.databaseType);
}

const postgresTypes: TypeVisitor<string> = {
  string: ({ length = 255 }) => `varchar(${length})`,
  text: () => "text",
  integer: () => "integer",
  bigint: () => "bigint",
  float: () => "double precision",
  decimal: ({ precision, scale = 0 }) =>
    precision === undefined ? "decimal" : `decimal(${precision}, ${scale})`,
  boolean: () => "boolean",
  uuid: () => "uuid",
  date: () => "date",
  time: () => "time",
  datetime: () => "timestamptz",
  json: () => "jsonb",
  binary: () => "bytea",
  enum: ({ native }) => (native === undefined ? "text" : quoteTypeName(native)),
  array: ({ of }) => `${postgresType(of)}[]`,
};

/** A type of the migrations' own, with its schema where it has one. */
function quoteTypeName(written: string): string {
  const { schema, name } = parseTableKey(written);
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

/**
 * A type without its lengths and scales: a cast to `varchar(20)` would cut what a column of that type refuses.
 *
 * @example
 * unboundedType({ kind: "string", length: 20 }); // "text"
 * unboundedType({ kind: "text", databaseType: "character varying(20)" }); // "character varying"
 */
export function unboundedType(type: AttributeType): string {
  if (type.databaseType !== undefined) return removeBounds(postgresType(type));
  if (type.kind === "array") return `${unboundedType(type.of)}[]`;
  if (type.kind === "string") return "text";
  return type.kind === "decimal" ? "decimal" : postgresType(type);
}

/** `character` and `bit` alone would be of length one. A quoted name may hold parentheses and stays. */
function removeBounds(written: string): string {
  if (written.includes('"')) return written;
  return written
    .replace(/^\s*(?:character|char)\s*\(\s*\d+\s*\)/i, "bpchar")
    .replace(/^\s*bit\s*\(\s*\d+\s*\)/i, "varbit")
    .replace(/\s*\([^()]*\)/g, "");
}
