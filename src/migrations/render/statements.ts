import { applyOperations } from "../apply.js";
import type { Operation } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import type { Direction } from "./context.js";
import { renderOperation } from "./operation.js";
import { findTable } from "../operation-subject.js";
import { renderOutside } from "./outside.js";
import { needsOwnRebuild, renderRebuild } from "./rebuild.js";
import type { MigrationDatabase } from "./source.js";
import { renameChecksLast } from "./sqlite-check-names.js";
import { splitByTable } from "./sqlite-runs.js";
import { renderStart } from "./start.js";
import { type Step, joinSteps } from "./step.js";
import { type Task, doesOperation, listOperations, withSchemas } from "./task.js";

export interface Body {
  readonly tasks: readonly Task[];
  /** The schema that the first task meets. */
  readonly before: Snapshot;
  readonly database: MigrationDatabase;
  readonly direction: Direction;
  /** Is it run without a transaction around it? */
  readonly outside: boolean;
  /** What to say after the operation; empty where there is nothing. */
  readonly remarksAfter?: (operation: Operation) => readonly Step[];
}

/** The statements that carry out the tasks in their order. */
export function renderStatements(body: Body): readonly string[] {
  return joinSteps(body.database === "sqlite" ? renderSqliteSteps(body) : renderPostgresSteps(body));
}

function renderPostgresSteps({ tasks, before, direction, outside, remarksAfter }: Body): readonly Step[] {
  return withSchemas(tasks, before, (task, schema) => {
    const context = { database: "postgres", direction, schema } as const;
    const render = outside ? renderOutside : task.part === "start" ? renderStart : renderWhole;
    const remarks = doesOperation(task) ? remarksAfter?.(task.operation) : [];
    return [...render(task, context), ...(remarks ?? [])];
  });
}

function renderWhole({ operation }: Task, context: Parameters<typeof renderOperation>[1]): readonly Step[] {
  return renderOperation(operation, context);
}

/** A run of operations on one table in which one needs a rebuild becomes a single rebuild. */
function renderSqliteSteps(body: Body): readonly Step[] {
  const { before, remarksAfter } = body;
  let schema = before;
  const operations = renameChecksLast(listOperations(body.tasks), before);
  return splitByTable(operations).flatMap((run) => {
    const steps = renderRun(run, schema, body.direction);
    schema = applyOperations(schema, run);
    return [...steps, ...run.flatMap((operation) => remarksAfter?.(operation) ?? [])];
  });
}

function renderRun(run: readonly Operation[], schema: Snapshot, direction: Direction): readonly Step[] {
  const after = applyOperations(schema, run);
  const [key = ""] = run.map(findTable);
  const [oldTable, newTable] = [schema.get(key), after.get(key)];
  const isRebuilt = run.some((operation) => [schema, after].some((each) => needsOwnRebuild(operation, each)));
  if (oldTable && newTable && isRebuilt) {
    return renderRebuild({ before: oldTable, after: newTable, operations: run, schema, direction });
  }
  return renderEach(run, schema, direction);
}

function renderEach(run: readonly Operation[], before: Snapshot, direction: Direction): readonly Step[] {
  const tasks = run.map((operation): Task => ({ operation, part: "whole" }));
  return withSchemas(tasks, before, ({ operation }, schema) =>
    renderOperation(operation, { database: "sqlite", direction, schema }),
  );
}
