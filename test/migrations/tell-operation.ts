import type { Operation } from "../../src/migrations/operation.js";
import { findSubject } from "../../src/migrations/operation-subject.js";

/** What an operation does, in a line. */
export function tellOperation(operation: Operation): string {
  const subject = findSubject(operation);
  switch (operation.kind) {
    case "renameTable":
      return `${operation.kind} ${operation.from} to ${operation.to}`;
    case "renameColumn":
      return `${operation.kind} ${subject}.${operation.from} to ${operation.to}`;
    case "renameConstraint":
      return `${operation.kind} ${operation.renamed.from} to ${operation.renamed.to}`;
    case "addColumn":
    case "dropColumn":
      return `${operation.kind} ${subject}.${operation.column.name}`;
    case "alterColumn":
      return `${operation.kind} ${subject}.${operation.after.name}`;
    case "fillColumn":
      return `${operation.kind} ${subject}.${operation.column}`;
    case "addPrimaryKey":
    case "dropPrimaryKey":
      return `${operation.kind} ${operation.primaryKey.name}`;
    case "addIndex":
    case "dropIndex":
      return `${operation.kind} ${operation.index.name}`;
    case "addForeignKey":
    case "dropForeignKey":
      return `${operation.kind} ${operation.foreignKey.name}`;
    case "addCheck":
    case "dropCheck":
      return `${operation.kind} ${operation.check.name}`;
    case "addStatement":
    case "dropStatement":
      return `${operation.kind} ${operation.statement.name}`;
    default:
      return `${operation.kind} ${subject}`;
  }
}
