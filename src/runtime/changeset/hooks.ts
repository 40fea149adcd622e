import { InvalidError } from "../errors/errors.js";
import { runAfterCommit } from "../session/transaction.js";
import { createChangeContext } from "./build-draft.js";
import { findDraftIssues, type AnyRecord, type Draft } from "./draft.js";
import type { WriteContext } from "./write-context.js";

/**
 * Refuses drafts that cannot be carried out; of several, the path begins with the place.
 *
 * @throws InvalidError with every issue of every draft
 */
export function requireValid(drafts: readonly Draft[]): void {
  const issues = drafts.flatMap((draft, index) => {
    const found = findDraftIssues(draft);
    return drafts.length === 1 ? found : found.map((issue) => ({ ...issue, path: [index, ...issue.path] }));
  });
  if (issues.length > 0) throw new InvalidError(issues);
}

/** The hooks before the rows are written; what they find wrong stops it. */
export async function runBefore({ handOver }: WriteContext, drafts: readonly Draft[]): Promise<void> {
  if (drafts.every(({ before }) => before.length === 0)) return;
  for (const draft of drafts) {
    for (const hook of draft.before) await hook({ ...createChangeContext(draft), repo: handOver() });
  }
  requireValid(drafts);
}

/** The hooks with the records as they were written, and those that wait for the commit. */
export async function runAfter(
  { session, handOver }: WriteContext,
  drafts: readonly Draft[],
  records: readonly AnyRecord[],
): Promise<void> {
  for (const [index, draft] of drafts.entries()) {
    const record = records[index];
    if (record === undefined) continue;
    const { kind, name } = draft.action;
    const context = {
      resource: draft.table.definition,
      action: { kind, name },
      arguments: draft.arguments,
      record,
    };
    for (const hook of draft.after) await hook({ ...context, repo: handOver() });
    for (const hook of draft.afterCommit) {
      await runAfterCommit(session, async () => hook({ ...context, repo: handOver() }));
    }
  }
}

/** Does carrying them out take more than the one statement? */
export function isInvolved(drafts: readonly Draft[]): boolean {
  return drafts.length > 1 || drafts.some((draft) => draft.managed.length > 0 || hasHooks(draft));
}

export function hasHooks({ before, after, afterCommit }: Draft): boolean {
  return before.length + after.length + afterCommit.length > 0;
}
