import type { AttributeType } from "../attribute-type.js";
import { type TypeVisitor, visitType } from "./visit-type.js";

/**
 * What PostgreSQL calls a type.
 *
 * @example
 * postgresType({ kind: "array", of: { kind: "decimal", precision: 10, scale: 2 } }); // "decimal(10, 2)[]"
 */
export function postgresType(type: AttributeType): string {
  return visitType(type, postgresTypes);
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
  enum: () => "text",
  array: ({ of }) => `${postgresType(of)}[]`,
};
