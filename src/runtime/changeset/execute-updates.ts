import { appendOnce, findAppend } from "../manage/append-once.js";
import { manageAfter, manageBefore } from "../manage/manage-relationships.js";
import { copyRecord } from "../mapping/copy-record.js";
import { runAtomically } from "../session/transaction.js";
import { updateRows, type RowChange } from "../write/update-rows.js";
import { hasValue, type AnyRecord, type Draft } from "./draft.js";
import { makeDefault } from "./make-default.js";
import { readLocks } from "./read-locks.js";
import { createStaleError } from "./stale-error.js";
import { copyInvolved, isInvolved, requireValid, runAfter, runBefore } from "./hooks.js";
import type { WriteContext } from "./write-context.js";

/**
 * Changes the records of drafts, all or nothing. Gives new records; those handed in stay as they were. What has the value
 * already is not written.
 *
 * @throws InvalidError with every issue, StaleRecordError where a row is gone
 */
export async function executeUpdates(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  if (drafts.length === 0) return [];
  requireValid(drafts);
  if (!isInvolved(drafts)) return changeRows(context, drafts);
  const append = findAppend(drafts);
  if (append !== undefined) return [await appendOnce(context, append)];
  return runAtomically(context.session, () => updateAll(context, copyInvolved(drafts)));
}

async function updateAll(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  await runBefore(context, drafts);
  const finish = await manageBefore(context, drafts);
  requireValid(drafts);
  const records = await changeRows(context, drafts);
  await manageAfter(context, drafts, records);
  await finish(records);
  await runAfter(context, drafts, records);
  return records;
}

async function changeRows({ session }: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  const now = new Date();
  const changes = drafts.map((draft) => buildRowChange(draft, now));
  const [first] = drafts;
  const written = changes.filter((change) => change !== undefined);
  const rows = first === undefined ? [] : await updateRows(session, first.table, written);
  const found = new Map(written.map((change, index) => [change, rows[index]]));
  return drafts.map((draft, index) => {
    const change = changes[index];
    const row = change === undefined ? {} : found.get(change);
    if (row === undefined) throw createStaleError(draft, "update");
    return copyRecord(draft.table, draft.record ?? {}, row);
  });
}

/** What is written for a draft; undefined where nothing changes. */
function buildRowChange(draft: Draft, now: Date): RowChange | undefined {
  const { table, values, increments, locks, managed, issues, record = {} } = draft;
  const changed = new Map([...values].filter(([name, value]) => !hasValue(table, record, name, value)));
  const isLocked = locks.size > 0 && managed.length > 0;
  if (changed.size === 0 && increments.size === 0 && !isLocked) return undefined;
  for (const { name, attribute } of table.columns) {
    if (!attribute.updatedAutomatically || changed.has(name)) continue;
    const made = makeDefault(table, attribute, { now, issues });
    if (made !== undefined) changed.set(name, made);
  }
  if (locks.size === 0) return { record, values: changed, increments };
  const counted = new Map([...increments, ...[...locks].map((name) => [name, 1] as const)]);
  return { record, values: changed, increments: counted, unchanged: readLocks(draft) };
}
