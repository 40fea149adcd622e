import { type Operation, type OperationVisitor, visitOperation } from "../../migrations/operation.js";
import { buildTableKey } from "../../support/table-key.js";

/** A part of a table, quoted: `"users.name"`. */
const partOf = (table: string, name: string): string => `"${table}.${name}"`;

const words: OperationVisitor<string> = {
  createSchema: ({ schema }) => `create the schema "${schema}"`,
  dropSchema: ({ schema }) => `drop the schema "${schema}"`,
  createEnum: ({ type }) => `create the type "${type.name}"`,
  dropEnum: ({ type }) => `drop the type "${type.name}"`,
  addEnumValues: ({ after }) => `add values to the type "${after.name}"`,
  replaceEnum: ({ after }) => `replace the type "${after.name}"`,
  createTable: ({ table }) => `create the table "${buildTableKey(table)}"`,
  dropTable: ({ table }) => `drop the table "${buildTableKey(table)}"`,
  renameTable: ({ from, to }) => `rename the table "${from}" to "${to}"`,
  commentTable: ({ table }) => `change the comment of "${table}"`,
  addColumn: ({ table, column }) => `add the column ${partOf(table, column.name)}`,
  dropColumn: ({ table, column }) => `drop the column ${partOf(table, column.name)}`,
  renameColumn: ({ table, from, to }) => `rename the column ${partOf(table, from)} to "${to}"`,
  alterColumn: ({ table, after }) => `change the column ${partOf(table, after.name)}`,
  fillColumn: ({ table, column }) => `fill the column ${partOf(table, column)}`,
  addPrimaryKey: ({ table }) => `add the primary key of "${table}"`,
  dropPrimaryKey: ({ table }) => `drop the primary key of "${table}"`,
  addIndex: ({ table, index }) => `add the index ${partOf(table, index.name)}`,
  dropIndex: ({ table, index }) => `drop the index ${partOf(table, index.name)}`,
  addForeignKey: ({ table, foreignKey }) => `add the foreign key ${partOf(table, foreignKey.name)}`,
  dropForeignKey: ({ table, foreignKey }) => `drop the foreign key ${partOf(table, foreignKey.name)}`,
  addCheck: ({ table, check }) => `add the check ${partOf(table, check.name)}`,
  dropCheck: ({ table, check }) => `drop the check ${partOf(table, check.name)}`,
  renameConstraint: ({ table, renamed }) => `rename ${partOf(table, renamed.from)} to "${renamed.to}"`,
  addStatement: ({ table, statement }) => `run the statement ${partOf(table, statement.name)}`,
  dropStatement: ({ table, statement }) => `take back the statement ${partOf(table, statement.name)}`,
};

/**
 * A step in words, as after "to".
 *
 * @example
 * describeOperation({ kind: "addColumn", table: "users", column }); // `add the column "users.name"`
 */
export function describeOperation(operation: Operation): string {
  return visitOperation(operation, words);
}
