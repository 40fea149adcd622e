import { postgresType } from "../../runtime/values/postgres-type.js";
import { type TypeVisitor, visitType } from "../../runtime/values/visit-type.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { type MigrationDatabase, quote } from "./source.js";

/**
 * The call on Knex's table builder that gives the column its type.
 *
 * @example
 * renderColumnType({ name: "price", type: { kind: "decimal", precision: 10, scale: 2 }, nullable: true }, "sqlite"); // `decimal("price", 10, 2)`
 */
export function renderColumnType({ name, type }: ColumnSnapshot, database: MigrationDatabase): string {
  // Knex's builder has no arrays of its own.
  if (type.kind === "array" && database === "postgres") {
    return `specificType(${quote(name)}, ${quote(postgresType(type))})`;
  }
  const [method, ...more] = visitType(type, builderCalls);
  return `${method}(${[quote(name), ...more].join(", ")})`;
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
