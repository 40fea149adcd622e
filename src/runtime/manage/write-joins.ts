import { buildDraft } from "../changeset/build-draft.js";
import type { Draft } from "../changeset/draft.js";
import { hasHooks, requireValid, runAfter, runBefore } from "../changeset/hooks.js";
import { columnOf, createEmptyRecord, createRecord, mapTable, type TableMap } from "../mapping/table-map.js";
import { listKeys } from "../query/key-filter.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { deleteRows } from "../write/delete-rows.js";
import { insertRows, type OnConflict } from "../write/insert-rows.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";
import { findPrimaryAction } from "../actions/primary-action.js";

export type ManyToMany = Extract<RelationshipDefinition, { readonly kind: "manyToMany" }>;

/** The join rows of a relationship: their table, and the attributes that hold the keys of both ends. */
interface Joins {
  readonly table: TableMap;
  readonly source: string;
  readonly destination: string;
}

function joinsOf({ relationship, source }: ManageTask<ManyToMany>): Joins {
  return {
    table: mapTable(relationship.through, source.database),
    source: relationship.sourceAttributeOnJoinResource,
    destination: relationship.destinationAttributeOnJoinResource,
  };
}

/**
 * Relates records by the join resource's primary create, all in one insert, in the order of their keys, so that two that
 * relate the same wait for each other. Gives the join row of each step; where one was there already, it stays as it is.
 */
export async function insertJoins(
  task: ManageTask<ManyToMany>,
  steps: readonly Step[],
): Promise<ReadonlyMap<Step, AnyRecord>> {
  if (steps.length === 0) return new Map();
  const { context } = task;
  const { table } = joinsOf(task);
  const planned = planJoins(task, steps);
  const drafts = planned.map(({ draft }) => draft);
  requireValid(drafts);
  if (drafts.some(hasHooks)) await runBefore(context, drafts);
  const rows = drafts.map(({ values }) => values);
  const inserted = await insertRows(context.session, { table, rows, onConflict: findConflict(task) });
  const written = new Map<string, AnyRecord>();
  for (const row of inserted.flatMap((each) => each.rows)) {
    const record = createRecord(table, table.columns, row);
    written.set(
      pairOf(task, (name) => record[name]),
      record,
    );
  }
  const records = rows.map(
    (values) => written.get(pairOf(task, (name) => values.get(name))) ?? createRecordOf(table, values),
  );
  if (drafts.some(hasHooks)) await runAfter(context, drafts, records);
  return new Map(planned.map(({ step }, index) => [step, records[index] ?? {}]));
}

/** The new join rows, in the order of their keys. */
function planJoins(
  task: ManageTask<ManyToMany>,
  steps: readonly Step[],
): readonly { readonly step: Step; readonly draft: Draft }[] {
  const { table, source, destination } = joinsOf(task);
  const { sourceAttribute, destinationAttribute } = task.relationship;
  const action = findPrimaryAction(table.definition, "create");
  const planned = steps.map((step) => {
    const forced = new Map([
      [source, step.entry.parent[sourceAttribute]],
      [destination, step.target?.[destinationAttribute]],
    ]);
    return { step, draft: buildDraft({ table, action, input: step.item?.joinInput, forced }) };
  });
  if (planned.length === 1) return planned;
  return planned
    .map((each) => ({ ...each, key: pairOf(task, (name) => each.draft.values.get(name)) }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
}

function createRecordOf({ recordClass }: TableMap, values: ReadonlyMap<string, unknown>): AnyRecord {
  return Object.assign(createEmptyRecord(recordClass), Object.fromEntries(values));
}

/** The keys of both ends as one text, equal for equal keys. */
function pairOf(task: ManageTask<ManyToMany>, read: (name: string) => unknown): string {
  const { table, source, destination } = joinsOf(task);
  const text = (name: string): string => String(columnOf(table, name).keyOf(read(name)));
  return `${text(source)} ${text(destination)}`;
}

/** What is there already is left as it is, by the key over both ends where the join resource has one. */
function findConflict(task: ManageTask<ManyToMany>): OnConflict {
  if (task.rules.onDuplicate === "error") return { kind: "error" };
  const { table, source, destination } = joinsOf(task);
  const target = listKeys(table.definition).find(
    (key) => key.length === 2 && key.includes(source) && key.includes(destination),
  );
  return { kind: "ignore", target };
}

/** Changes the join rows of related records by what their inputs say of them. */
export async function updateJoins(task: ManageTask<ManyToMany>, steps: readonly Step[]): Promise<void> {
  const changed = steps.filter(({ item }) => Object.keys(item?.joinInput ?? {}).length > 0);
  if (changed.length === 0) return;
  const { table } = joinsOf(task);
  const action = findPrimaryAction(table.definition, "update");
  const drafts = changed.map(({ item, target }) =>
    buildDraft({ table, action, record: target?.["$join"] as AnyRecord, input: item?.joinInput ?? {} }),
  );
  const records = await task.context.writer.update(task.context, drafts);
  for (const [index, { target }] of changed.entries()) {
    if (target !== undefined) target["$join"] = records[index];
  }
}

/** Unrelates records by the join resource's primary destroy, all in one statement. What is gone by now is as good. */
export async function deleteJoins(task: ManageTask<ManyToMany>, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return;
  const { context } = task;
  const { table, source, destination } = joinsOf(task);
  const action = findPrimaryAction(table.definition, "destroy");
  const drafts = steps.map(({ target }) =>
    buildDraft({ table, action, record: target?.["$join"] as AnyRecord }),
  );
  requireValid(drafts);
  await runBefore(context, drafts);
  const rows = drafts.map(({ record }) => [record?.[source], record?.[destination]]);
  await deleteRows(context.session, { table, by: [source, destination], rows });
  await runAfter(
    context,
    drafts,
    drafts.map(({ record }) => record ?? {}),
  );
}
