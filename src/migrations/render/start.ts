import type { Operation } from "../operation.js";
import { buildColumnCheck } from "./check.js";
import type { RenderContext } from "./context.js";
import { renderOperation } from "./operation.js";
import { type Constraint, buildAddNotValid } from "./sql/alter.js";
import type { CheckSnapshot, ColumnSnapshot } from "../snapshot.js";
import { type Step, raw } from "./step.js";
import type { Task } from "./task.js";

/** The steps that hold new rows to a constraint and leave those that are there for later. */
export function renderStart({ operation }: Task, context: RenderContext): readonly Step[] {
  const found = findConstraint(operation);
  if (!found) return renderOperation(operation, context);
  const column = operation.kind === "addColumn" ? withoutWords(operation.column) : undefined;
  return [
    ...(operation.kind === "addColumn" && column ? renderOperation({ ...operation, column }, context) : []),
    raw(buildAddNotValid(found.table, found.constraint), "postgres"),
  ];
}

export interface PlacedConstraint {
  readonly table: string;
  readonly name: string;
  readonly constraint: Constraint;
}

/** The constraint that an operation brings, of the kinds that need not look at the rows at once. */
export function findConstraint(operation: Operation): PlacedConstraint | undefined {
  switch (operation.kind) {
    case "addForeignKey":
      return {
        table: operation.table,
        name: operation.foreignKey.name,
        constraint: { kind: "foreignKey", foreignKey: operation.foreignKey },
      };
    case "addCheck":
      return place(operation.table, operation.check);
    case "addColumn":
      return place(operation.table, buildColumnCheck({ ...operation, database: "postgres" }));
    default:
      return undefined;
  }
}

function place(table: string, check: CheckSnapshot | undefined): PlacedConstraint | undefined {
  return check && { table, name: check.name, constraint: { kind: "check", check } };
}

/** The same column as a text that may hold any word. */
export function withoutWords(column: ColumnSnapshot): ColumnSnapshot {
  const { type } = column;
  const text = {
    kind: "text",
    ...(type.databaseType !== undefined && { databaseType: type.databaseType }),
  } as const;
  return { ...column, type: type.kind === "array" ? { ...type, of: { kind: "text" } } : text };
}
