import type { Operation, OperationKind } from "../operation.js";
import { tableOf } from "./operation-table.js";

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

const alterations: readonly OperationKind[] = [...commuting, "addIndex", "dropIndex", "renameConstraint"];

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
  if (last && isOfTable(last, operation)) return last;
  const isFree = (run: readonly Operation[]) => run.every(({ kind }) => commuting.includes(kind));
  const fence = runs.findLastIndex((run) => !isFree(run));
  return isFree([operation])
    ? runs.slice(Math.max(fence, 0)).find((run) => isOfTable(run, operation))
    : undefined;
}

function isOfTable(run: readonly Operation[], operation: Operation): boolean {
  return run.every(({ kind }) => alterations.includes(kind)) && tableOf(run[0]) === tableOf(operation);
}
