import { columnOf } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { attachRelated, type Related } from "./attach-related.js";
import { decideSteps } from "./decide-steps.js";
import type { AnyRecord, ManageEntry, ManageTask, Step, Steps } from "./manage-task.js";
import {
  pathOf,
  planCreates,
  planDestroys,
  planUpdates,
  requireDecided,
  type Forced,
} from "./planned-write.js";
import { readCurrent } from "./read-current.js";
import { writePlanned } from "./write-planned.js";

type Has = Extract<RelationshipDefinition, { readonly kind: "hasOne" | "hasMany" }>;

/** Manages a hasOne or hasMany: the records at the other end hold the key, so it is they that change. */
export async function manageHas(task: ManageTask<Has>): Promise<void> {
  const current = await readCurrent(task);
  const steps = await decideSteps(task, current);
  refuseUnrelating(task, steps.unrelate);
  const { destinationAttribute, sourceAttribute } = task.relationship;
  const toNothing: Forced = () => new Map([[destinationAttribute, null]]);
  const toParent: Forced = ({ entry }) => new Map([[destinationAttribute, entry.parent[sourceAttribute]]]);
  const changed = new Set(steps.update.map(({ target }) => target));
  const moved = steps.relate.filter(({ target }) => !changed.has(target));
  const destroys = planDestroys(task, steps.destroy);
  const unrelates =
    task.issues.length > 0 ? [] : planUpdates(task, steps.unrelate.map(withoutInput), toNothing);
  const creates = planCreates(task, steps.create, toParent);
  const updates = [
    ...planUpdates(
      task,
      moved.map((step) => bare(task, step)),
      toParent,
    ),
    ...planUpdates(task, steps.update, toParent),
  ];
  requireDecided(task, destroys, unrelates, creates, updates);
  await writePlanned(task, "destroy", destroys);
  await writePlanned(task, "update", unrelates);
  const created = await writePlanned(task, "create", creates);
  const updated = await writePlanned(task, "update", updates);
  attachRelated(task, current, collectResults(steps, created, updated));
}

/** Of its input only the place: what else it says is not asked for. */
function bare({ rules }: ManageTask<Has>, step: Step): Step {
  const { item } = step;
  if (item === undefined) return step;
  const input = Object.entries(item.input).filter(([name]) => name === rules.orderIsKey);
  return { ...step, item: { ...item, input: Object.fromEntries(input) } };
}

function withoutInput(step: Step): Step {
  return step.item === undefined ? step : { ...step, item: { ...step.item, input: {} } };
}

function refuseUnrelating(
  { destination, relationship, issues }: ManageTask<Has>,
  steps: readonly Step[],
): void {
  const { attribute } = columnOf(destination, relationship.destinationAttribute);
  if (!attribute.required) return;
  const paths = new Map(steps.map((step) => [JSON.stringify(pathOf(step)), pathOf(step)]));
  for (const path of paths.values()) {
    issues.push({
      code: "relationship.required",
      message: `A ${destination.definition.name} cannot do without its ${attribute.name}, so it cannot be unrelated.`,
      hint: 'Destroy it instead: onMissing: "destroy", onMatch: "destroy".',
      path,
    });
  }
}

function collectResults(
  { keep, relate, create }: Steps,
  created: ReadonlyMap<Step, AnyRecord>,
  updated: ReadonlyMap<Step, AnyRecord>,
): ReadonlyMap<ManageEntry, readonly Related[]> {
  const newer = new Map([...updated].map(([{ target }, record]) => [target, record]));
  const results = new Map<ManageEntry, Related[]>();
  const add = (step: Step, record: AnyRecord): void => {
    const list = results.get(step.entry);
    if (list === undefined) results.set(step.entry, [{ step, record }]);
    else list.push({ step, record });
  };
  for (const step of [...keep, ...relate]) add(step, newer.get(step.target) ?? step.target ?? {});
  for (const step of create) add(step, created.get(step) ?? {});
  return results;
}
