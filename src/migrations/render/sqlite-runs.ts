import type { Operation, OperationKind, OperationOf } from "../operation.js";
import { isNamedIn } from "../sql-words.js";
import { findTable } from "../operation-subject.js";

/** Changes of one table that do not touch another, whatever is done to that in between, while foreign keys are not enforced. */
const commuting: readonly OperationKind[] = [
  "addColumn",
  "dropColumn",
  "alterColumn",
  "addPrimaryKey",
  "dropPrimaryKey",
  "addForeignKey",
  "dropForeignKey",
  "addCheck",
  "dropCheck",
];

const alterations: readonly OperationKind[] = [
  ...commuting,
  "addIndex",
  "dropIndex",
  "renameConstraint",
  "fillColumn",
];

/** The operations in groups, such that what can be done in one go on one table stands together. */
export function splitByTable(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const runs: Operation[][] = [];
  for (const operation of operations) {
    const run = findRun(runs, operation);
    if (run) run.push(operation);
    else runs.push([operation]);
  }
  return runs;
}

function findRun(runs: readonly Operation[][], operation: Operation): Operation[] | undefined {
  if (!alterations.includes(operation.kind)) return undefined;
  const last = runs.at(-1);
  if (operation.kind === "fillColumn" && !canFillInCopy(operation, last ?? [])) return undefined;
  if (last && isOfTable(last, operation)) return last;
  const isFree = (run: readonly Operation[]) => run.every(commutes);
  const fence = runs.findLastIndex((run) => !isFree(run));
  return isFree([operation])
    ? runs.slice(Math.max(fence, 0)).find((run) => isOfTable(run, operation))
    : undefined;
}

/** A fill that reads nothing but its own table does not care for others. */
function commutes(operation: Operation): boolean {
  return operation.kind === "fillColumn"
    ? !isNamedIn(operation.sql, "select")
    : commuting.includes(operation.kind);
}

/** A row can be filled in while it is copied, unless that needs what is only there after it. */
function canFillInCopy(fill: OperationOf<"fillColumn">, run: readonly Operation[]): boolean {
  const added = run.flatMap((operation) => (operation.kind === "addColumn" ? [operation.column.name] : []));
  return commutes(fill) && !added.some((column) => isNamedIn(fill.sql, column));
}

function isOfTable(run: readonly Operation[], operation: Operation): boolean {
  return run.every((each) => alterations.includes(each.kind) && findTable(each) === findTable(operation));
}
