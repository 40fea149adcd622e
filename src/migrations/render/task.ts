import { applyOperations } from "../apply.js";
import { invert } from "../invert.js";
import type { Operation } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import { type IndexOperation, isIndexOperation } from "./lock-safe/indexes.js";

/**
 * An operation, or the one half of it that leaves the rows unread, or the other that reads them, or only the look whether
 * a row forbids it.
 */
export interface Task {
  readonly operation: Operation;
  readonly part: "whole" | "start" | "finish" | "guard";
  /** The drop of the index that has the name until then; it goes once the new one is built beside it. */
  readonly replaced?: IndexOperation;
}

/** The tasks that take the tasks back: whoever drops a constraint need not know whether it was validated. */
export function invertTasks(tasks: readonly Task[]): readonly Task[] {
  return tasks
    .filter((task) => doesOperation(task) && task.operation.kind !== "fillColumn")
    .map(invertTask)
    .reverse();
}

function invertTask({ operation, replaced }: Task): Task {
  const inverse = invert(operation);
  if (!replaced || !isIndexOperation(inverse)) return { operation: inverse, part: "whole" };
  return { operation: invert(replaced), part: "whole", replaced: inverse };
}

/** Is the operation done by the task, as far as the schema can tell? */
export function doesOperation({ part }: Task): boolean {
  return part === "whole" || part === "start";
}

/** The operations that the tasks carry out. */
export function listOperations(tasks: readonly Task[]): readonly Operation[] {
  return tasks
    .filter(doesOperation)
    .flatMap(({ operation, replaced }) => [...(replaced ? [replaced] : []), operation]);
}

/** Each task with the schema that it meets. */
export function withSchemas<Result>(
  tasks: readonly Task[],
  before: Snapshot,
  visit: (task: Task, schema: Snapshot) => readonly Result[],
): readonly Result[] {
  let schema = before;
  return tasks.flatMap((task) => {
    const results = visit(task, schema);
    schema = applyOperations(schema, listOperations([task]));
    return results;
  });
}
