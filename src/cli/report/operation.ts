import {
  type Operation,
  type OperationOf,
  type OperationVisitor,
  visitOperation,
} from "../../migrations/operation.js";
import { isGeneratedAlike } from "../../migrations/is-generated-alike.js";
import { buildTableKey } from "../../support/table-key.js";

const visitor: OperationVisitor<string> = {
  createSchema: ({ schema }) => `create schema ${schema}`,
  dropSchema: ({ schema }) => `drop schema ${schema}`,
  createEnum: ({ type }) => `create type ${type.name}`,
  dropEnum: ({ type }) => `drop type ${type.name}`,
  addEnumValues: ({ before, after }) => `add ${listNew(before.values, after.values)} to type ${after.name}`,
  replaceEnum: ({ after }) => `replace type ${after.name}`,
  createTable: ({ table }) => `create table ${buildTableKey(table)}`,
  dropTable: ({ table }) => `drop table ${buildTableKey(table)}`,
  renameTable: ({ from, to }) => `rename table ${from} to ${to}`,
  commentTable: ({ table }) => `comment on table ${table}`,
  addColumn: ({ table, column }) => `add column ${table}.${column.name}`,
  dropColumn: ({ table, column }) => `drop column ${table}.${column.name}`,
  renameColumn: ({ table, from, to }) => `rename column ${table}.${from} to ${to}`,
  alterColumn: describeAlteration,
  fillColumn: ({ table, column, sql }) => `fill column ${table}.${column} with ${sql}`,
  addPrimaryKey: ({ table, primaryKey }) => `add primary key ${primaryKey.name} to ${table}`,
  dropPrimaryKey: ({ table, primaryKey }) => `drop primary key ${primaryKey.name} of ${table}`,
  addIndex: ({ table, index }) => `add ${index.unique ? "unique index" : "index"} ${index.name} to ${table}`,
  dropIndex: ({ table, index }) => `drop index ${index.name} of ${table}`,
  addForeignKey: ({ table, foreignKey }) => `add foreign key ${foreignKey.name} to ${table}`,
  dropForeignKey: ({ table, foreignKey }) => `drop foreign key ${foreignKey.name} of ${table}`,
  addCheck: ({ table, check }) => `add check ${check.name} to ${table}`,
  dropCheck: ({ table, check }) => `drop check ${check.name} of ${table}`,
  renameConstraint: ({ table, renamed }) => `rename ${renamed.from} of ${table} to ${renamed.to}`,
  addStatement: ({ table, statement }) => `run ${statement.name} of ${table}`,
  dropStatement: ({ table, statement }) => `take back ${statement.name} of ${table}`,
};

/**
 * A step of a migration in a phrase.
 *
 * @example
 * describeOperation({ kind: "renameColumn", table: "users", from: "name", to: "full_name" });
 * // "rename column users.name to full_name"
 */
export function describeOperation(operation: Operation): string {
  return visitOperation(operation, visitor);
}

function describeAlteration({ table, before, after }: OperationOf<"alterColumn">): string {
  const parts = [
    isSame(before.type, after.type) ? "" : "type",
    before.nullable === after.nullable ? "" : after.nullable ? "nullable" : "not null",
    isSame(before.default, after.default) ? "" : "default",
    isGeneratedAlike(before, after) ? "" : "expression",
    before.comment === after.comment ? "" : "comment",
  ].filter((part) => part !== "");
  return `alter column ${table}.${after.name}: ${parts.join(", ")}`;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function listNew(before: readonly string[], after: readonly string[]): string {
  const added = after.filter((value) => !before.includes(value));
  return added.map((value) => `'${value}'`).join(", ");
}
