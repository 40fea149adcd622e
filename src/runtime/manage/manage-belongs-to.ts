import type { Draft } from "../changeset/draft.js";
import { setLoaded } from "../load/loaded-property.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { decideSteps } from "./decide-steps.js";
import type { AnyRecord, ManageEntry, ManageTask, Step, Steps } from "./manage-task.js";
import { planCreates, planDestroys, planUpdates, requireDecided } from "./planned-write.js";
import { readCurrent } from "./read-current.js";
import { writePlanned } from "./write-planned.js";

export type BelongsTo = Extract<RelationshipDefinition, { readonly kind: "belongsTo" }>;

/** What each record refers to from now on. */
type Related = Map<ManageEntry, AnyRecord | null>;

/**
 * Manages a belongsTo before the rows of the drafts are written: the key that they hold is set in the drafts. Gives what is
 * left to do with the written records.
 */
export async function manageBelongsTo(
  task: ManageTask<BelongsTo>,
  drafts: ReadonlyMap<ManageEntry, Draft>,
): Promise<(recordOf: (draft: Draft) => AnyRecord | undefined) => Promise<void>> {
  const current = await readCurrent(task);
  const steps = await decideSteps(task, current);
  const creates = planCreates(task, steps.create);
  const updates = planUpdates(task, steps.update);
  const destroys = planDestroys(task, steps.destroy);
  requireDecided(task, creates, updates, destroys);
  const created = await writePlanned(task, "create", creates);
  const updated = await writePlanned(task, "update", updates);
  const related: Related = new Map([...current].map(([entry, [record = null]]) => [entry, record]));
  const changed = applySteps(related, steps, { created, updated });
  for (const entry of changed) setKey(task, drafts.get(entry), related.get(entry) ?? null);
  return async (recordOf) => {
    await writePlanned(task, "destroy", destroys);
    for (const [entry, value] of related) {
      const draft = drafts.get(entry);
      const record = draft && recordOf(draft);
      if (record !== undefined) setLoaded(record, task.relationship.name, value);
    }
  };
}

interface Written {
  readonly created: ReadonlyMap<Step, AnyRecord>;
  readonly updated: ReadonlyMap<Step, AnyRecord>;
}

/** Gives the records whose key may change. */
function applySteps(related: Related, steps: Steps, { created, updated }: Written): ReadonlySet<ManageEntry> {
  const newer = new Map([...updated].map(([step, record]) => [step.target, record]));
  const changed = new Set<ManageEntry>();
  const set = ({ entry }: Step, record: AnyRecord | null): void => {
    related.set(entry, record);
    changed.add(entry);
  };
  for (const step of [...steps.unrelate, ...steps.destroy]) set(step, null);
  const found = [...steps.relate, ...steps.keep.filter(({ item }) => item !== undefined)];
  for (const step of found) set(step, newer.get(step.target) ?? step.target ?? null);
  for (const step of steps.create) set(step, created.get(step) ?? null);
  return changed;
}

function setKey(
  { relationship }: ManageTask<BelongsTo>,
  draft: Draft | undefined,
  related: AnyRecord | null,
): void {
  draft?.values.set(relationship.sourceAttribute, related?.[relationship.destinationAttribute] ?? null);
}
