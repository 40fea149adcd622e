import { type TypeVisitor, visitType } from "../../runtime/values/visit-type.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { buildStoredType } from "./sql/column.js";
import { isStoredByChoice } from "./sql/type.js";
import { type MigrationDatabase, quote } from "./source.js";

/**
 * The call on Knex's table builder that gives the column its type.
 *
 * @example
 * renderColumnType({ name: "price", type: { kind: "decimal", precision: 10, scale: 2 }, nullable: true }, "sqlite"); // `decimal("price", 10, 2)`
 */
export function renderColumnType(column: ColumnSnapshot, database: MigrationDatabase): string {
  const { name, type } = column;
  if (isUnknownToKnex(column, database)) {
    return `specificType(${quote(name)}, ${quote(buildStoredType(column, database))})`;
  }
  const [method, ...more] = visitType(type, builderCalls);
  return `${method}(${[quote(name), ...more].join(", ")})`;
}

/** Knex's builder has no arrays of its own, and nothing that works a value out. */
function isUnknownToKnex(column: ColumnSnapshot, database: MigrationDatabase): boolean {
  const isArray = column.type.kind === "array" && database === "postgres";
  const isMade = column.default?.kind === "identity" || column.generatedAs !== undefined;
  return isArray || isMade || isStoredByChoice(column.type);
}

/** The builder's method, and its arguments after the column's name. */
const builderCalls: TypeVisitor<readonly [method: string, ...more: string[]]> = {
  string: ({ length }) => (length === undefined ? ["string"] : ["string", String(length)]),
  text: () => ["text"],
  integer: () => ["integer"],
  bigint: () => ["bigInteger"],
  // Knex's `float` is PostgreSQL's `real`, half of what a number holds.
  float: () => ["double"],
  decimal: ({ precision, scale = 0 }) =>
    precision === undefined ? ["decimal", "null"] : ["decimal", String(precision), String(scale)],
  boolean: () => ["boolean"],
  uuid: () => ["uuid"],
  date: () => ["date"],
  time: () => ["time"],
  datetime: () => ["timestamp", "{ useTz: true }"],
  json: () => ["jsonb"],
  binary: () => ["binary"],
  enum: () => ["text"],
  array: () => ["jsonb"],
};
