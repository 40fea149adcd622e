import { copyRecord } from "../mapping/copy-record.js";
import { attachRelated, type Related } from "./attach-related.js";
import { decideSteps } from "./decide-steps.js";
import type { ManageItem } from "./manage-item.js";
import type { AnyRecord, ManageEntry, ManageTask, Step, Steps } from "./manage-task.js";
import {
  planCreates,
  planDestroys,
  planUpdates,
  requireDecided,
  type PlannedWrite,
} from "./planned-write.js";
import { readCurrent } from "./read-current.js";
import { writePlanned } from "./write-planned.js";
import {
  planJoinDeletes,
  planJoins,
  planJoinUpdates,
  setDestination,
  type ManyToMany,
} from "./plan-joins.js";
import { deleteJoins, insertJoins } from "./write-joins.js";

/** Manages a manyToMany: the join rows come and go, and the records at the other end only where the rules say so. */
export async function manageManyToMany(task: ManageTask<ManyToMany>): Promise<void> {
  const current = await readCurrent(task);
  const steps = await decideSteps(task, current);
  const plan = planManyToMany(task, steps);
  requireDecided(task, ...Object.values(plan));
  await deleteJoins(task, plan.unjoins);
  await writePlanned(task, "destroy", plan.destroys);
  const created = await writePlanned(task, "create", plan.creates);
  const updated = await writePlanned(task, "update", plan.updates);
  const rejoined = await writePlanned(task, "update", plan.rejoins);
  const joins = await insertJoins(task, completeJoins(task, plan, created));
  attachRelated(task, current, collectResults(task, steps, { created, updated, rejoined, joins }));
}

interface Plan {
  readonly unjoins: readonly PlannedWrite[];
  readonly destroys: readonly PlannedWrite[];
  readonly creates: readonly PlannedWrite[];
  readonly updates: readonly PlannedWrite[];
  readonly rejoins: readonly PlannedWrite[];
  readonly joins: readonly PlannedWrite[];
}

function planManyToMany(task: ManageTask<ManyToMany>, steps: Steps): Plan {
  const creates = planCreates(task, steps.create);
  const { destinationAttribute } = task.relationship;
  const known = creates.filter(({ draft }) => (draft.values.get(destinationAttribute) ?? null) !== null);
  const toCreate = known.map(({ step, draft }) => ({ ...step, target: Object.fromEntries(draft.values) }));
  return {
    creates,
    unjoins: planJoinDeletes(task, [...steps.unrelate, ...steps.destroy]),
    destroys: planDestroys(task, steps.destroy),
    updates: planUpdates(task, steps.update),
    rejoins: planJoinUpdates(task, steps.updateJoin),
    joins: planJoins(task, [...steps.relate, ...toCreate]),
  };
}

/** The join rows with the keys that the records have now that they are made. */
function completeJoins(
  task: ManageTask<ManyToMany>,
  { joins, creates }: Plan,
  created: ReadonlyMap<Step, AnyRecord>,
): readonly PlannedWrite[] {
  const made = new Map([...created].map(([{ item }, record]) => [item, record]));
  for (const join of joins) {
    const record = made.get(join.step.item);
    if (record !== undefined) setDestination(task, join, record);
  }
  const planned = new Set(joins.map(({ step }) => step.item));
  const late = creates
    .filter(({ step }) => !planned.has(step.item))
    .map(({ step }) => ({ ...step, target: created.get(step) ?? {} }));
  const more = planJoins(task, late);
  requireDecided(task, more);
  return [...joins, ...more];
}

interface Written {
  readonly created: ReadonlyMap<Step, AnyRecord>;
  readonly updated: ReadonlyMap<Step, AnyRecord>;
  readonly rejoined: ReadonlyMap<Step, AnyRecord>;
  readonly joins: ReadonlyMap<Step, AnyRecord>;
}

function collectResults(
  { destination }: ManageTask,
  steps: Steps,
  { created, updated, rejoined, joins }: Written,
): ReadonlyMap<ManageEntry, readonly Related[]> {
  const byItem = new Map(
    [...joins].map(([{ item }, row]): [ManageItem | undefined, AnyRecord] => [item, row]),
  );
  const newer = new Map([...updated].map(([{ target }, record]) => [target, record]));
  const newerJoins = new Map([...rejoined].map(([{ target }, row]) => [target, row]));
  const results = new Map<ManageEntry, Related[]>();
  const add = (step: Step, record: AnyRecord, $join: unknown): void => {
    const related = { step, record: copyRecord(destination, record, { ...newer.get(record), $join }) };
    const list = results.get(step.entry);
    if (list === undefined) results.set(step.entry, [related]);
    else list.push(related);
  };
  for (const step of steps.keep) {
    const { target = {} } = step;
    add(step, target, newerJoins.get(target) ?? target["$join"]);
  }
  for (const step of steps.relate) add(step, step.target ?? {}, byItem.get(step.item));
  for (const step of steps.create) add(step, created.get(step) ?? {}, byItem.get(step.item));
  return results;
}
