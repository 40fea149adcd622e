import { applyOperations } from "./apply.js";
import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";
import type { Snapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

const byTable = ({ table }: { readonly table: string }) => table;
const byWholeTable = ({ table }: { readonly table: Parameters<typeof buildTableKey>[0] }) =>
  buildTableKey(table);

const subjects: OperationVisitor<string> = {
  createSchema: ({ schema }) => schema,
  dropSchema: ({ schema }) => schema,
  createEnum: ({ type }) => type.name,
  dropEnum: ({ type }) => type.name,
  addEnumValues: ({ after }) => after.name,
  replaceEnum: ({ after }) => after.name,
  createTable: byWholeTable,
  dropTable: byWholeTable,
  renameTable: ({ to }) => to,
  commentTable: byTable,
  addColumn: byTable,
  dropColumn: byTable,
  renameColumn: byTable,
  alterColumn: byTable,
  fillColumn: byTable,
  addPrimaryKey: byTable,
  dropPrimaryKey: byTable,
  addIndex: byTable,
  dropIndex: byTable,
  addForeignKey: byTable,
  dropForeignKey: byTable,
  addCheck: byTable,
  dropCheck: byTable,
  renameConstraint: byTable,
  addStatement: byTable,
  dropStatement: byTable,
};

/** What an operation is done to: the key of its table, else the name of its schema or enum type. */
export function findSubject(operation: Operation): string {
  return visitOperation(operation, subjects);
}

/** The tables that the operations are done to, as they are in the end; without those that go. */
export function listChangedTables(
  operations: readonly Operation[],
  before: Snapshot,
): readonly TableSnapshot[] {
  const after = applyOperations(before, operations);
  return [...new Set(operations.map(findTable))].flatMap((key) => after.get(key ?? "") ?? []);
}

/** The key of the table that an operation is done to, as it is after it; undefined for schemas and enum types. */
export function findTable(operation: Operation): string | undefined {
  const isOfTable = "table" in operation || operation.kind === "renameTable";
  return isOfTable ? findSubject(operation) : undefined;
}
