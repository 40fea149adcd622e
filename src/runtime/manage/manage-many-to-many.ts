import { InvalidError } from "../errors/errors.js";
import { decideSteps } from "./decide-steps.js";
import type { AnyRecord, ManageEntry, ManageTask, Step } from "./manage-task.js";
import { readCurrent } from "./read-current.js";
import { attachRelated } from "./attach-related.js";
import {
  createDestinations,
  destroyDestinations,
  nothingForced,
  updateDestinations,
} from "./write-destinations.js";
import { deleteJoins, insertJoins, updateJoins, type ManyToMany } from "./write-joins.js";
import { copyRecord } from "../mapping/copy-record.js";

/** Manages a manyToMany: the join rows come and go, and the records at the other end only where the rules say so. */
export async function manageManyToMany(task: ManageTask<ManyToMany>): Promise<void> {
  const current = await readCurrent(task);
  const steps = await decideSteps(task, current);
  if (task.issues.length > 0) throw new InvalidError(task.issues);
  await deleteJoins(task, [...steps.unrelate, ...steps.destroy]);
  await destroyDestinations(task, steps.destroy);
  const created = await createDestinations(task, steps.create, nothingForced);
  const updated = await updateDestinations(task, steps.update, nothingForced);
  await updateJoins(task, steps.updateJoin);
  const relate = [
    ...steps.relate,
    ...steps.create.map((step): Step => ({ ...step, target: created.get(step) ?? {} })),
  ];
  const joins = await insertJoins(task, relate);
  const results = collectResults(task, { kept: steps.keep, relate, updated, joins });
  attachRelated(task, current, results);
}

/** A record as the result has it, and the input it stands for. */
export interface Related {
  readonly step: Step;
  readonly record: AnyRecord;
}

interface Outcome {
  readonly kept: readonly Step[];
  readonly relate: readonly Step[];
  readonly updated: ReadonlyMap<Step, AnyRecord>;
  readonly joins: ReadonlyMap<Step, AnyRecord>;
}

function collectResults(
  { destination }: ManageTask,
  { kept, relate, updated, joins }: Outcome,
): ReadonlyMap<ManageEntry, readonly Related[]> {
  const newer = new Map([...updated].map(([step, record]) => [step.target, record]));
  const results = new Map<ManageEntry, Related[]>();
  for (const step of [...kept, ...relate]) {
    const { target = {} } = step;
    const join = joins.get(step) ?? target["$join"];
    const record = copyRecord(destination, target, { ...newer.get(target), $join: join });
    results.set(step.entry, [...(results.get(step.entry) ?? []), { step, record }]);
  }
  return results;
}
