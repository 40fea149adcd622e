import { findPrimaryAction } from "../actions/primary-action.js";
import { buildDraft } from "../changeset/build-draft.js";
import { findDraftIssues, type Draft } from "../changeset/draft.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import type { ManageItem } from "./manage-item.js";
import type { ManageTask, Step } from "./manage-task.js";

/** A step and the changeset that carries it out. */
export interface PlannedWrite {
  readonly step: Step;
  readonly draft: Draft;
}

/** Values that are set at the other end besides what the inputs say: the key of this end. */
export type Forced = (step: Step) => ReadonlyMap<string, unknown>;

const nothingForced: Forced = () => new Map();

/** The records that inputs make, by the destination's primary create. */
export function planCreates(
  { destination: table }: ManageTask,
  steps: readonly Step[],
  forced: Forced = nothingForced,
): PlannedWrite[] {
  if (steps.length === 0) return [];
  const action = findPrimaryAction(table.definition, "create");
  return steps.map((step) => ({
    step,
    draft: buildDraft({ table, action, input: step.item?.input, forced: forced(step) }),
  }));
}

/** What inputs change in records, by the destination's primary update. */
export function planUpdates(
  { destination: table }: ManageTask,
  steps: readonly Step[],
  forced: Forced = nothingForced,
): PlannedWrite[] {
  if (steps.length === 0) return [];
  const action = findPrimaryAction(table.definition, "update");
  const accepted = new Set([...action.accept, ...action.arguments.map(({ name }) => name)]);
  const keys = new Set(table.definition.primaryKey);
  return steps.map((step) => {
    const input = step.item === undefined ? {} : withoutKeys(step.item, accepted, keys);
    return { step, draft: buildDraft({ table, action, record: step.target, input, forced: forced(step) }) };
  });
}

/** The records that go, by the destination's primary destroy. */
export function planDestroys({ destination: table }: ManageTask, steps: readonly Step[]): PlannedWrite[] {
  if (steps.length === 0) return [];
  const action = findPrimaryAction(table.definition, "destroy");
  return steps.map((step) => ({ step, draft: buildDraft({ table, action, record: step.target }) }));
}

/** The primary key that an input is recognised by is no change. */
function withoutKeys(
  { input }: ManageItem,
  accepted: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => accepted.has(name) || !keys.has(name)));
}

/** The way to the input of a step; to the relationship where something related has none. */
export function pathOf({ entry, item }: Step): Issue["path"] {
  return item?.path ?? entry.path;
}

/**
 * Refuses everything together before anything is written: what was not found, and what the changesets find wrong.
 *
 * @throws InvalidError with every issue, each with the place of its input
 */
export function requireDecided({ issues }: ManageTask, ...planned: (readonly PlannedWrite[])[]): void {
  const all = [
    ...issues,
    ...planned
      .flat()
      .flatMap(({ step, draft }) =>
        findDraftIssues(draft).map((issue) => ({ ...issue, path: [...pathOf(step), ...issue.path] })),
      ),
  ];
  if (all.length > 0) throw new InvalidError(all.toSorted(comparePlaces));
}

/** In the order of the inputs. */
function comparePlaces({ path: left }: Issue, { path: right }: Issue): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (typeof part !== "number" || typeof other !== "number") continue;
    if (part !== other) return part - other;
  }
  return 0;
}
