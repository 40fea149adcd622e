import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";

const inverse: OperationVisitor<Operation> = {
  createTable: (operation) => ({ ...operation, kind: "dropTable" }),
  dropTable: (operation) => ({ ...operation, kind: "createTable" }),
  addColumn: (operation) => ({ ...operation, kind: "dropColumn" }),
  dropColumn: (operation) => ({ ...operation, kind: "addColumn" }),
  alterColumn: ({ before, after, ...rest }) => ({ ...rest, before: after, after: before }),
  addPrimaryKey: (operation) => ({ ...operation, kind: "dropPrimaryKey" }),
  dropPrimaryKey: (operation) => ({ ...operation, kind: "addPrimaryKey" }),
  addIndex: (operation) => ({ ...operation, kind: "dropIndex" }),
  dropIndex: (operation) => ({ ...operation, kind: "addIndex" }),
  addForeignKey: (operation) => ({ ...operation, kind: "dropForeignKey" }),
  dropForeignKey: (operation) => ({ ...operation, kind: "addForeignKey" }),
};

/** The operation that takes this one back. */
export function invert(operation: Operation): Operation {
  return visitOperation(operation, inverse);
}

/**
 * The way down for a way up: every operation taken back, the last one first.
 *
 * @example
 * invertAll([{ kind: "createTable", table }]); // [{ kind: "dropTable", table }]
 */
export function invertAll(operations: readonly Operation[]): readonly Operation[] {
  return operations.map(invert).reverse();
}
