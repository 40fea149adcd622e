import { withEnum } from "./enum-types.js";
import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";

const inverse: OperationVisitor<Operation> = {
  createSchema: (operation) => ({ ...operation, kind: "dropSchema" }),
  dropSchema: (operation) => ({ ...operation, kind: "createSchema" }),
  createEnum: (operation) => ({ ...operation, kind: "dropEnum" }),
  dropEnum: (operation) => ({ ...operation, kind: "createEnum" }),
  /** Words that are taken back: the type after it has fewer. */
  addEnumValues: ({ before, after, ...rest }) => ({ ...rest, before: after, after: before }),
  replaceEnum: ({ before, after, uses, using: _, ...rest }) => ({
    ...rest,
    before: after,
    after: before,
    uses: uses.map(({ table, column }) => ({ table, column: withEnum(column, after) })),
  }),
  createTable: (operation) => ({ ...operation, kind: "dropTable" }),
  dropTable: (operation) => ({ ...operation, kind: "createTable" }),
  renameTable: ({ from, to, ...rest }) => ({ ...rest, from: to, to: from }),
  commentTable: ({ before, after, ...rest }) => ({ ...rest, before: after, after: before }),
  addColumn: (operation) => ({ ...operation, kind: "dropColumn" }),
  dropColumn: (operation) => ({ ...operation, kind: "addColumn" }),
  renameColumn: ({ from, to, ...rest }) => ({ ...rest, from: to, to: from }),
  /** The SQL that made the new values says nothing of the way back. */
  alterColumn: ({ before, after, using: _, ...rest }) => ({ ...rest, before: after, after: before }),
  /** What was filled in stays. */
  fillColumn: (operation) => operation,
  addPrimaryKey: (operation) => ({ ...operation, kind: "dropPrimaryKey" }),
  dropPrimaryKey: (operation) => ({ ...operation, kind: "addPrimaryKey" }),
  addIndex: (operation) => ({ ...operation, kind: "dropIndex" }),
  dropIndex: (operation) => ({ ...operation, kind: "addIndex" }),
  addForeignKey: (operation) => ({ ...operation, kind: "dropForeignKey" }),
  dropForeignKey: (operation) => ({ ...operation, kind: "addForeignKey" }),
  addCheck: (operation) => ({ ...operation, kind: "dropCheck" }),
  dropCheck: (operation) => ({ ...operation, kind: "addCheck" }),
  renameConstraint: ({ renamed: { from, to, ...renamed }, ...rest }) => ({
    ...rest,
    renamed: { ...renamed, from: to, to: from },
  }),
  addStatement: (operation) => ({ ...operation, kind: "dropStatement" }),
  dropStatement: (operation) => ({ ...operation, kind: "addStatement" }),
};

/** The operation that takes this one back. */
export function invert(operation: Operation): Operation {
  return visitOperation(operation, inverse);
}

/**
 * The way down for a way up: every operation taken back, the last one first. A `fillColumn` has nothing to take back and
 * is left out.
 *
 * @example
 * invertAll([{ kind: "createTable", table }]); // [{ kind: "dropTable", table }]
 */
export function invertAll(operations: readonly Operation[]): readonly Operation[] {
  return operations
    .filter(({ kind }) => kind !== "fillColumn")
    .map(invert)
    .reverse();
}
