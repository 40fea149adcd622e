import type { Draft } from "../changeset/draft.js";
import type { WriteContext } from "../changeset/write-context.js";
import { mapTable } from "../mapping/table-map.js";
import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";
import { lockParents } from "./lock-parents.js";
import { manageBelongsTo, type BelongsTo } from "./manage-belongs-to.js";
import { manageHas } from "./manage-has.js";
import { manageManyToMany } from "./manage-many-to-many.js";
import type { AnyRecord, ManageEntry, ManageTask } from "./manage-task.js";
import type { ManagedCall } from "./managed-call.js";
import type { ManyToMany } from "./plan-joins.js";

/** What is left to do with the records once they are written. */
type Finish = (records: readonly AnyRecord[]) => Promise<void>;

/** Manages the relationships whose key the drafts themselves hold, before their rows are written. */
export async function manageBefore(context: WriteContext, drafts: readonly Draft[]): Promise<Finish> {
  const finishes: ((recordOf: (draft: Draft) => AnyRecord | undefined) => Promise<void>)[] = [];
  for (const calls of groupCalls(drafts, "belongsTo")) {
    const entries = new Map(calls.map((each) => [buildHolder(each), each.draft]));
    const task = buildTask(context, calls, [...entries.keys()]);
    // Only calls on relationships of this kind were grouped.
    finishes.push(await manageBelongsTo(task as ManageTask<BelongsTo>, entries));
  }
  return async (records) => {
    const byDraft = new Map(drafts.map((draft, index) => [draft, records[index]]));
    for (const finish of finishes) await finish((draft) => byDraft.get(draft));
  };
}

/** Manages the relationships that refer to the drafts' records, once these are written. */
export async function manageAfter(
  context: WriteContext,
  drafts: readonly Draft[],
  records: readonly AnyRecord[],
): Promise<void> {
  await lockParents(context, drafts);
  const byDraft = new Map(drafts.map((draft, index) => [draft, records[index]]));
  for (const calls of groupCalls(drafts, "others")) {
    const entries = calls.map((each) => buildEntry(each, byDraft.get(each.draft) ?? {}));
    const task = buildTask(context, calls, entries);
    // A task's type does not narrow by the kind of its relationship.
    if (task.relationship.kind === "manyToMany") await manageManyToMany(task as ManageTask<ManyToMany>);
    else await manageHas(task as Parameters<typeof manageHas>[0]);
  }
}

interface DraftCall {
  readonly draft: Draft;
  readonly call: ManagedCall;
  /** The way to the draft: its place where there are several. */
  readonly path: readonly number[];
}

/**
 * The calls of all drafts, those of the same relationship by the same rules together. A draft that manages one
 * relationship twice does so one after the other.
 */
function groupCalls(drafts: readonly Draft[], kind: "belongsTo" | "others"): readonly DraftCall[][] {
  const groups = new Map<string, DraftCall[]>();
  for (const [index, draft] of drafts.entries()) {
    const path = drafts.length === 1 ? [] : [index];
    for (const [place, call] of draft.managed.entries()) {
      if ((call.relationship.kind === "belongsTo") !== (kind === "belongsTo")) continue;
      const key = JSON.stringify([place, call.relationship.name, call.rules]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ draft, call, path }]);
      else group.push({ draft, call, path });
    }
  }
  return [...groups.values()];
}

/** A record that holds the key itself, as it will be; without a key nothing is related to it. */
function buildHolder({ draft, call, path }: DraftCall): ManageEntry {
  const parent = Object.fromEntries([...Object.entries(draft.record ?? {}), ...draft.values]);
  const { relationship } = call;
  const key = relationship.kind === "belongsTo" ? parent[relationship.sourceAttribute] : undefined;
  return { parent, isNew: (key ?? null) === null, ...placeInputs(call, path) };
}

/** A record that others refer to; to a new one nothing is related, unless an earlier call has done so. */
function buildEntry({ draft, call, path }: DraftCall, parent: AnyRecord): ManageEntry {
  const earlier = draft.managed.slice(0, draft.managed.indexOf(call));
  const touched = new Set(earlier.flatMap(({ relationship }) => listWritten(relationship)));
  const isUntouched = !listWritten(call.relationship).some((resource) => touched.has(resource));
  return {
    parent,
    isNew: draft.action.kind === "create" && !draft.isUpsert && isUntouched,
    ...placeInputs(call, path),
  };
}

function listWritten(relationship: RelationshipDefinition): readonly ResourceDefinition[] {
  const { destination } = relationship;
  return relationship.kind === "manyToMany" ? [relationship.through, destination] : [destination];
}

function placeInputs({ items, relationship }: ManagedCall, path: readonly number[]) {
  const placed =
    path.length === 0 ? items : items.map((item) => ({ ...item, path: [...path, ...item.path] }));
  return { items: placed, path: [...path, relationship.name] };
}

function buildTask(
  context: WriteContext,
  calls: readonly DraftCall[],
  entries: readonly ManageEntry[],
): ManageTask {
  const [first] = calls;
  if (first === undefined) throw new Error("A group of calls is never empty.");
  const { relationship, rules } = first.call;
  const source = first.draft.table;
  const destination = mapTable(relationship.destination, source.database);
  return { context, relationship, rules, source, destination, entries, issues: [] };
}
