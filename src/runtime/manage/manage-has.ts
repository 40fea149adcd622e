import { InvalidError } from "../errors/errors.js";
import { columnOf } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { attachRelated } from "./attach-related.js";
import { decideSteps } from "./decide-steps.js";
import type { Related } from "./manage-many-to-many.js";
import type { AnyRecord, ManageEntry, ManageTask, Step } from "./manage-task.js";
import { readCurrent } from "./read-current.js";
import {
  createDestinations,
  destroyDestinations,
  updateDestinations,
  type Forced,
} from "./write-destinations.js";

type Has = Extract<RelationshipDefinition, { readonly kind: "hasOne" | "hasMany" }>;

/** Manages a hasOne or hasMany: the records at the other end hold the key, so it is they that change. */
export async function manageHas(task: ManageTask<Has>): Promise<void> {
  const current = await readCurrent(task);
  const steps = await decideSteps(task, current);
  refuseUnrelating(task, steps.unrelate);
  if (task.issues.length > 0) throw new InvalidError(task.issues);
  const { destinationAttribute, sourceAttribute } = task.relationship;
  const toParent: Forced = ({ entry }) => new Map([[destinationAttribute, entry.parent[sourceAttribute]]]);
  await destroyDestinations(task, steps.destroy);
  await updateDestinations(task, steps.unrelate.map(bare), () => new Map([[destinationAttribute, null]]));
  const created = await createDestinations(task, steps.create, toParent);
  const both = new Set(steps.update.map(({ target }) => target));
  const related = await updateDestinations(
    task,
    steps.relate.filter(({ target }) => !both.has(target)).map(bare),
    toParent,
  );
  const updated = await updateDestinations(task, steps.update, toParent);
  const newer = new Map([...related, ...updated].map(([{ target }, record]) => [target, record]));
  attachRelated(
    task,
    current,
    collectResults([...steps.keep, ...steps.relate], steps.create, { newer, created }),
  );
}

/** Without its input: only the key is set. */
function bare({ entry, target }: Step): Step {
  return target === undefined ? { entry } : { entry, target };
}

function refuseUnrelating(
  { destination, relationship, issues }: ManageTask<Has>,
  steps: readonly Step[],
): void {
  const { attribute } = columnOf(destination, relationship.destinationAttribute);
  if (!attribute.required || steps.length === 0) return;
  issues.push({
    code: "relationship.required",
    message: `A ${destination.definition.name} cannot do without its ${attribute.name}, so it cannot be unrelated.`,
    hint: 'Destroy it instead: onMissing: "destroy", onMatch: "destroy".',
    path: steps[0]?.item?.path ?? [relationship.name],
  });
}

function collectResults(
  kept: readonly Step[],
  create: readonly Step[],
  {
    newer,
    created,
  }: {
    readonly newer: ReadonlyMap<AnyRecord | undefined, AnyRecord>;
    readonly created: ReadonlyMap<Step, AnyRecord>;
  },
): ReadonlyMap<ManageEntry, readonly Related[]> {
  const results = new Map<ManageEntry, Related[]>();
  const add = (step: Step, record: AnyRecord): void => {
    results.set(step.entry, [...(results.get(step.entry) ?? []), { step, record }]);
  };
  for (const step of kept) add(step, newer.get(step.target) ?? step.target ?? {});
  for (const step of create) add(step, created.get(step) ?? {});
  return results;
}
