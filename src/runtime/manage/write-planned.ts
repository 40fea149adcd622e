import type { Writer } from "../changeset/write-context.js";
import { alignValues } from "./align-values.js";
import { locateIssues } from "./locate-issues.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";
import type { PlannedWrite } from "./planned-write.js";

/** Carries out changesets of one resource, all of a kind together. Gives the record of each step. */
export async function writePlanned(
  { context }: Pick<ManageTask, "context">,
  kind: keyof Writer,
  planned: readonly PlannedWrite[],
): Promise<ReadonlyMap<Step, AnyRecord>> {
  if (planned.length === 0) return new Map();
  const drafts = planned.map(({ draft }) => draft);
  if (kind === "create") alignValues(drafts);
  const records = await locateIssues(planned, () => context.writer[kind](context, drafts));
  return new Map(planned.map(({ step }, index) => [step, records[index] ?? {}]));
}
