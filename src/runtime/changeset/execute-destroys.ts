import { manageAfter, manageBefore } from "../manage/manage-relationships.js";
import { runAtomically } from "../session/transaction.js";
import { deleteRows } from "../write/delete-rows.js";
import { keyTextOf } from "../write/key-text.js";
import type { AnyRecord, Draft } from "./draft.js";
import { copyRecord } from "../mapping/copy-record.js";
import { createStaleError } from "./stale-error.js";
import { readLocks } from "./read-locks.js";
import { copyInvolved, isInvolved, requireValid, runAfter, runBefore } from "./hooks.js";
import type { WriteContext } from "./write-context.js";

/**
 * Destroys the records of drafts, all or nothing, in one statement. What is managed is managed before the rows go.
 *
 * @throws InvalidError with every issue, StaleRecordError where a row is gone
 */
export async function executeDestroys(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  if (drafts.length === 0) return [];
  requireValid(drafts);
  return isInvolved(drafts)
    ? runAtomically(context.session, () => destroyAll(context, copyInvolved(drafts)))
    : destroyRows(context, drafts);
}

async function destroyAll(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  await runBefore(context, drafts);
  const copies = drafts.map(({ table, record = {} }) => copyRecord(table, record, {}));
  const finish = await manageBefore(context, drafts);
  await manageAfter(context, drafts, copies);
  const records = await destroyRows(context, drafts);
  await finish(copies);
  await runAfter(context, drafts, records);
  return records;
}

async function destroyRows({ session }: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  const [first] = drafts;
  if (first === undefined) return [];
  const { table } = first;
  const by = [...new Set([...table.primaryKey.map(({ name }) => name), ...first.locks])];
  const rows = drafts.map((draft) => {
    readLocks(draft);
    return by.map((name) => draft.record?.[name]);
  });
  const gone = new Set((await deleteRows(session, { table, by, rows })).map((row) => keyTextOf(table, row)));
  const missing = drafts.find(({ record }) => !gone.has(keyTextOf(table, record ?? {})));
  if (missing !== undefined) throw createStaleError(missing, "destroy");
  return drafts.map(({ record }) => record ?? {});
}
