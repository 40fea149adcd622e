import { buildDraft } from "../changeset/build-draft.js";
import type { Draft } from "../changeset/draft.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { findPrimaryAction } from "../actions/primary-action.js";
import type { ManageItem } from "./manage-item.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";

/** Values that are set at the other end besides what the inputs say: the key of this end. */
export type Forced = (step: Step) => ReadonlyMap<string, unknown>;

export const nothingForced: Forced = () => new Map();

/** Makes the records of inputs by the destination's primary create, all in one statement. */
export async function createDestinations(
  task: ManageTask,
  steps: readonly Step[],
  forced: Forced,
): Promise<ReadonlyMap<Step, AnyRecord>> {
  if (steps.length === 0) return new Map();
  const { destination: table, context } = task;
  const action = findPrimaryAction(table.definition, "create");
  const drafts = steps.map((step) =>
    buildDraft({ table, action, input: step.item?.input ?? {}, forced: forced(step) }),
  );
  const records = await relocate(steps, drafts, () => context.writer.create(context, drafts));
  return new Map(steps.map((step, index) => [step, records[index] ?? {}]));
}

/** Changes records by the destination's primary update, all whose same attributes change in one statement. */
export async function updateDestinations(
  task: ManageTask,
  steps: readonly Step[],
  forced: Forced,
): Promise<ReadonlyMap<Step, AnyRecord>> {
  if (steps.length === 0) return new Map();
  const { destination: table, context } = task;
  const action = findPrimaryAction(table.definition, "update");
  const accepted = new Set([...action.accept, ...action.arguments.map(({ name }) => name)]);
  const drafts = steps.map((step) =>
    buildDraft({
      ...{ table, action, record: step.target },
      input:
        step.item === undefined ? {} : withoutKeys(step.item, accepted, new Set(table.definition.primaryKey)),
      forced: forced(step),
    }),
  );
  const records = await relocate(steps, drafts, () => context.writer.update(context, drafts));
  return new Map(steps.map((step, index) => [step, records[index] ?? {}]));
}

/** Destroys records by the destination's primary destroy. */
export async function destroyDestinations(task: ManageTask, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const { destination: table, context } = task;
  const action = findPrimaryAction(table.definition, "destroy");
  const drafts = steps.map(({ target }) => buildDraft({ table, action, record: target }));
  await relocate(steps, drafts, () => context.writer.destroy(context, drafts));
}

/** The primary key that an input is recognised by is no change. */
function withoutKeys(
  { input }: ManageItem,
  accepted: ReadonlySet<string>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => accepted.has(name) || !keys.has(name)));
}

/** Issues of the other end's changesets come with the place of their input. */
async function relocate<Result>(
  steps: readonly Step[],
  drafts: readonly Draft[],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const issues = error.issues.map((issue) => moveIssue(issue, steps, drafts.length));
    throw new InvalidError(issues, { cause: error.cause });
  }
}

function moveIssue(issue: Issue, steps: readonly Step[], count: number): Issue {
  const [place, ...rest] = issue.path;
  if (count > 1 && typeof place === "number") {
    return { ...issue, path: [...(steps[place]?.item?.path ?? []), ...rest] };
  }
  const [only, ...more] = steps;
  return more.length === 0 ? { ...issue, path: [...(only?.item?.path ?? []), ...issue.path] } : issue;
}
