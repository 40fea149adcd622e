import { manageAfter, manageBefore } from "../manage/manage-relationships.js";
import { runAtomically } from "../session/transaction.js";
import { insertRecords } from "../write/insert-rows.js";
import type { AnyRecord, Draft } from "./draft.js";
import { isInvolved, requireValid, runAfter, runBefore } from "./hooks.js";
import type { WriteContext } from "./write-context.js";

/**
 * Makes the records of drafts, all or nothing: one statement for those that give the same attributes, however many.
 *
 * @throws InvalidError with every issue
 */
export async function executeCreates(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  if (drafts.length === 0) return [];
  requireValid(drafts);
  return isInvolved(drafts)
    ? runAtomically(context.session, () => createAll(context, drafts))
    : createRows(context, drafts);
}

async function createAll(context: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  await runBefore(context, drafts);
  const finish = await manageBefore(context, drafts);
  requireValid(drafts);
  const records = await createRows(context, drafts);
  await manageAfter(context, drafts, records);
  await finish(records);
  await runAfter(context, drafts, records);
  return records;
}

function createRows({ session }: WriteContext, drafts: readonly Draft[]): Promise<AnyRecord[]> {
  const [first] = drafts;
  if (first === undefined) return Promise.resolve([]);
  return insertRecords(
    session,
    first.table,
    drafts.map(({ values }) => values),
  );
}
