import { InvalidError } from "../errors/errors.js";
import type { Knex } from "knex";
import type { RecordHook, RecordHookContext } from "../actions/change.js";
import { findOpenTransaction, poolOf } from "../session/open-transactions.js";
import type { Session } from "../session/session.js";
import { runAfterCommit } from "../session/transaction.js";
import { createChangeContext } from "./build-draft.js";
import { copyDraft, findDraftIssues, type AnyRecord, type Draft } from "./draft.js";
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
  if (!drafts.some(hasHooks)) return;
  const root = findRoot(session);
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
      await runAfterCommit(session, () => runCommitted(hook, { ...context, repo: handOver(root) }));
    }
  }
}

/**
 * What is committed stays, and nobody is told to do it again: a hook that fails shows as a warning of the process, and the
 * others run.
 */
async function runCommitted(hook: RecordHook, context: RecordHookContext): Promise<void> {
  try {
    await hook(context);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** The Knex instance that is left once every transaction here is over. */
function findRoot({ base }: Session): Knex {
  let root = base;
  for (let open = findOpenTransaction(base); open !== undefined; open = open.outer) {
    if (open.pool === poolOf(base)) root = open.begunOn;
  }
  return root;
}

/** Drafts as hooks and managed relationships may change them: where the transaction begins again, so do they. */
export function copyInvolved(drafts: readonly Draft[]): readonly Draft[] {
  const isTouched = (draft: Draft): boolean => hasHooks(draft) || draft.managed.length > 0;
  return drafts.some(isTouched) ? drafts.map(copyDraft) : drafts;
}

/** Does carrying them out take more than the one statement? */
export function isInvolved(drafts: readonly Draft[]): boolean {
  return drafts.length > 1 || drafts.some((draft) => draft.managed.length > 0 || hasHooks(draft));
}

export function hasHooks({ before, after, afterCommit }: Draft): boolean {
  return before.length + after.length + afterCommit.length > 0;
}
