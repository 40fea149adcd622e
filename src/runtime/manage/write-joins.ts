import { hasHooks, requireValid, runAfter, runBefore } from "../changeset/hooks.js";
import { columnOf, createRecord, listColumns } from "../mapping/table-map.js";
import { writeSql } from "../mapping/fragment.js";
import { limitRows, renderTupleMatch } from "../mapping/tuples.js";
import { isLoaded } from "../load/loaded-property.js";
import { sendRows } from "../session/session.js";
import type { ValueKey } from "../values/value-key.js";
import { deleteRows } from "../write/delete-rows.js";
import { insertRows, type InsertedRows, type OnConflict } from "../write/insert-rows.js";
import { alignValues } from "./align-values.js";
import { locateIssues } from "./locate-issues.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";
import { findPairKey } from "./needs-current.js";
import { joinsOf, type ManyToMany } from "./plan-joins.js";
import type { PlannedWrite } from "./planned-write.js";

/**
 * Relates records, all in one insert, in an order that is the same from both ends, so that two that relate the same wait
 * for each other. Gives the join row of each step; where one was there already, it stays as it is.
 */
export async function insertJoins(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
): Promise<ReadonlyMap<Step, AnyRecord>> {
  if (planned.length === 0) return new Map();
  const ordered = sortByKeys(task, planned);
  const made = await locateIssues(ordered, () => insertMissing(task, ordered));
  const pairs = new Map(
    ordered.map(({ step, draft }) => [step, pairOf(task, (name) => draft.values.get(name))]),
  );
  const isMade = ({ step }: PlannedWrite): boolean => made.has(pairs.get(step) ?? "");
  const fresh = ordered.filter(isMade);
  await tellMade(
    task,
    fresh,
    fresh.map(({ step }) => made.get(pairs.get(step) ?? "") ?? {}),
  );
  const found = await readJoins(
    task,
    ordered.filter((write) => !isMade(write) && isShown(task, write.step)),
  );
  const rows = [...pairs].map(([step, pair]) => [step, made.get(pair) ?? found.get(pair)] as const);
  return new Map(rows.flatMap(([step, row]) => (row === undefined ? [] : [[step, row] as const])));
}

/** The same where nobody looks at the join rows, and no hook waits for them: nothing comes back. */
export async function insertUnseenJoins(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
): Promise<void> {
  const ordered = sortByKeys(task, planned);
  await locateIssues(ordered, () => insertPlanned(task, ordered, []));
}

/** The new join rows by their pairs, in the order of the statement; none for what was there. */
async function insertMissing(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
): Promise<ReadonlyMap<string, AnyRecord>> {
  const { table } = joinsOf(task);
  const drafts = planned.map(({ draft }) => draft);
  if (drafts.some(hasHooks)) {
    requireValid(drafts);
    await runBefore(task.context, drafts);
  }
  const inserted = await insertPlanned(task, planned);
  const records = inserted.flatMap((each) => each.rows).map((row) => createRecord(table, table.columns, row));
  return new Map(records.map((record) => [pairOf(task, (name) => record[name]), record]));
}

function insertPlanned(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
  returning?: readonly [],
): Promise<readonly InsertedRows[]> {
  const { table } = joinsOf(task);
  const drafts = planned.map(({ draft }) => draft);
  requireValid(drafts);
  alignValues(drafts);
  const rows = drafts.map(({ values }) => values);
  const onConflict = findConflict(task);
  return insertRows(task.context.session, { table, rows, onConflict, ...(returning && { returning }) });
}

/** Hooks of the join resource's create hear of the rows that it made, not of those that were there. */
async function tellMade(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
  records: readonly AnyRecord[],
): Promise<void> {
  const drafts = planned.map(({ draft }) => draft);
  if (drafts.some(hasHooks)) await runAfter(task.context, drafts, records);
}

/** Will the result hold the join row? */
function isShown({ relationship }: ManageTask<ManyToMany>, { entry }: Step): boolean {
  return isLoaded(entry.parent, relationship.name);
}

/** The join rows that were there already. */
async function readJoins(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
): Promise<ReadonlyMap<string, AnyRecord>> {
  const found = new Map<string, AnyRecord>();
  const { table, source, destination } = joinsOf(task);
  const columns = [columnOf(table, source), columnOf(table, destination)];
  const size = limitRows(table, columns.length);
  for (let start = 0; start < planned.length; start += size) {
    const rows = planned
      .slice(start, start + size)
      .map(({ draft }) => columns.map(({ name }) => draft.values.get(name)));
    const match = renderTupleMatch(table, columns, { rows });
    const select = writeSql`select ${listColumns(table, table.columns)} from ${table.table} where ${match}`;
    for (const row of await sendRows(task.context.session, select)) {
      const record = createRecord(table, table.columns, row);
      found.set(
        pairOf(task, (name) => record[name]),
        record,
      );
    }
  }
  return found;
}

/** By both keys, in the order in which the join resource declares them. */
function sortByKeys(task: ManageTask<ManyToMany>, planned: readonly PlannedWrite[]): readonly PlannedWrite[] {
  if (planned.length === 1) return planned;
  const { table, source, destination } = joinsOf(task);
  const columns = table.columns.filter(({ name }) => name === source || name === destination);
  return planned
    .map((write) => ({ write, keys: columns.map(({ name, keyOf }) => keyOf(write.draft.values.get(name))) }))
    .toSorted((left, right) => compareKeys(left.keys, right.keys))
    .map(({ write }) => write);
}

function compareKeys(left: readonly ValueKey[], right: readonly ValueKey[]): number {
  for (const [index, key] of left.entries()) {
    const other = right[index];
    if (other !== undefined && key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

/** The keys of both ends as one text, equal for equal keys. */
function pairOf(task: ManageTask<ManyToMany>, read: (name: string) => unknown): string {
  const { table, source, destination } = joinsOf(task);
  const text = (name: string): string => String(columnOf(table, name).keyOf(read(name)));
  return `${text(source)} ${text(destination)}`;
}

/** What is there already is left as it is, by the key over both ends; without one it was looked for before. */
function findConflict({ rules, relationship }: ManageTask<ManyToMany>): OnConflict {
  const target = rules.onDuplicate === "error" ? undefined : findPairKey(relationship);
  return target === undefined ? { kind: "error" } : { kind: "ignore", target };
}

/** Unrelates records, all in one statement. What is gone by now is as good. */
export async function deleteJoins(
  task: ManageTask<ManyToMany>,
  planned: readonly PlannedWrite[],
): Promise<void> {
  if (planned.length === 0) return;
  const { context } = task;
  const { table, source, destination } = joinsOf(task);
  const drafts = planned.map(({ draft }) => draft);
  const records = drafts.map(({ record = {} }) => record);
  await locateIssues(planned, async () => {
    requireValid(drafts);
    await runBefore(context, drafts);
    const rows = records.map((record) => [record[source], record[destination]]);
    await deleteRows(context.session, { table, by: [source, destination], rows });
  });
  await runAfter(context, drafts, records);
}
