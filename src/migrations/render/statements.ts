import { applyOperations } from "../apply.js";
import type { Operation } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import { renderOperation } from "./operation.js";
import { needsOwnRebuild, renderRebuild } from "./rebuild.js";
import type { MigrationDatabase } from "./source.js";
import { type Step, joinSteps } from "./step.js";

/** The statements that carry out the operations in their order, on a database that is as `before` says. */
export function renderStatements(
  operations: readonly Operation[],
  before: Snapshot,
  database: MigrationDatabase,
): readonly string[] {
  const steps =
    database === "sqlite"
      ? renderSqliteSteps(operations, before)
      : operations.flatMap((operation) => renderOperation(operation, database));
  return joinSteps(steps);
}

/** A run of operations on one table in which one needs a rebuild becomes a single rebuild. */
function renderSqliteSteps(operations: readonly Operation[], before: Snapshot): readonly Step[] {
  const runs = splitByTable(operations);
  return runs.flatMap((run, position) =>
    run.some(needsOwnRebuild)
      ? renderRebuiltRun(run, runs.slice(0, position).flat(), before)
      : run.flatMap((operation) => renderOperation(operation, "sqlite")),
  );
}

function renderRebuiltRun(
  run: readonly Operation[],
  earlier: readonly Operation[],
  before: Snapshot,
): readonly Step[] {
  const name = tableOf(run[0]);
  const schema = applyOperations(before, earlier);
  const [oldTable, newTable] = [schema.get(name), applyOperations(schema, run).get(name)];
  return oldTable && newTable ? renderRebuild(oldTable, newTable) : [];
}

function splitByTable(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const runs: Operation[][] = [];
  for (const operation of operations) {
    const run = runs.at(-1);
    if (run && canJoin(run[0], operation)) run.push(operation);
    else runs.push([operation]);
  }
  return runs;
}

function canJoin(first: Operation | undefined, next: Operation): boolean {
  return first !== undefined && isAlteration(first) && isAlteration(next) && tableOf(first) === tableOf(next);
}

function isAlteration({ kind }: Operation): boolean {
  return kind !== "createTable" && kind !== "dropTable";
}

function tableOf(operation: Operation | undefined): string {
  const table = operation && "table" in operation ? operation.table : "";
  return typeof table === "string" ? table : table.name;
}
