import type { Draft } from "../changeset/draft.js";
import { InvalidError } from "../errors/errors.js";
import { setLoaded } from "../load/loaded-property.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { decideSteps } from "./decide-steps.js";
import type { AnyRecord, ManageEntry, ManageTask, Step } from "./manage-task.js";
import { readCurrent } from "./read-current.js";
import {
  createDestinations,
  destroyDestinations,
  nothingForced,
  updateDestinations,
} from "./write-destinations.js";

export type BelongsTo = Extract<RelationshipDefinition, { readonly kind: "belongsTo" }>;

/**
 * Manages a belongsTo before the rows of the drafts are written: the key that they hold is set in the drafts. Gives what is
 * left to do with the written records.
 */
export async function manageBelongsTo(
  task: ManageTask<BelongsTo>,
  drafts: ReadonlyMap<ManageEntry, Draft>,
): Promise<(recordOf: (draft: Draft) => AnyRecord | undefined) => Promise<void>> {
  const steps = await decideSteps(task, await readCurrent(task));
  if (task.issues.length > 0) throw new InvalidError(task.issues);
  const created = await createDestinations(task, steps.create, nothingForced);
  const updated = await updateDestinations(task, steps.update, nothingForced);
  const newer = new Map([...updated].map(([step, record]) => [step.target, record]));
  const results = new Map<Draft, AnyRecord | null>();
  const set = ({ entry }: Step, record: AnyRecord | null): void => {
    const draft = drafts.get(entry);
    if (draft === undefined) return;
    const { sourceAttribute, destinationAttribute } = task.relationship;
    draft.values.set(sourceAttribute, record?.[destinationAttribute] ?? null);
    results.set(draft, record);
  };
  for (const step of [...steps.unrelate, ...steps.destroy]) set(step, null);
  for (const step of [...steps.relate, ...steps.keep.filter(({ item }) => item !== undefined)]) {
    set(step, newer.get(step.target) ?? step.target ?? null);
  }
  for (const step of steps.create) set(step, created.get(step) ?? null);
  return async (recordOf) => {
    await destroyDestinations(task, steps.destroy);
    for (const [draft, related] of results) {
      const record = recordOf(draft);
      if (record !== undefined) setLoaded(record, task.relationship.name, related);
    }
  };
}
