import type { Draft } from "../changeset/draft.js";
import type { WriteContext } from "../changeset/write-context.js";
import { mapTable } from "../mapping/table-map.js";
import { manageBelongsTo, type BelongsTo } from "./manage-belongs-to.js";
import { manageHas } from "./manage-has.js";
import { manageManyToMany } from "./manage-many-to-many.js";
import type { AnyRecord, ManageEntry, ManageTask } from "./manage-task.js";
import type { ManagedCall } from "./managed-call.js";
import type { ManyToMany } from "./write-joins.js";

/** What is left to do with the records once they are written. */
type Finish = (records: readonly AnyRecord[]) => Promise<void>;

/** Manages the relationships whose key the drafts themselves hold, before their rows are written. */
export async function manageBefore(context: WriteContext, drafts: readonly Draft[]): Promise<Finish> {
  const finishes: ((recordOf: (draft: Draft) => AnyRecord | undefined) => Promise<void>)[] = [];
  for (const calls of groupCalls(drafts, "belongsTo")) {
    const entries = new Map(
      calls.map(({ draft, call }) => [buildEntry(draft, call, draft.record ?? {}), draft]),
    );
    const task = buildTask(context, calls, [...entries.keys()]);
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
  const byDraft = new Map(drafts.map((draft, index) => [draft, records[index]]));
  for (const calls of groupCalls(drafts, "others")) {
    const entries = calls.map(({ draft, call }) => buildEntry(draft, call, byDraft.get(draft) ?? {}));
    const task = buildTask(context, calls, entries);
    if (task.relationship.kind === "manyToMany") await manageManyToMany(task as ManageTask<ManyToMany>);
    else await manageHas(task as Parameters<typeof manageHas>[0]);
  }
}

interface DraftCall {
  readonly draft: Draft;
  readonly call: ManagedCall;
}

/**
 * The calls of all drafts, those of the same relationship by the same rules together. A draft that manages one
 * relationship twice does so one after the other.
 */
function groupCalls(drafts: readonly Draft[], kind: "belongsTo" | "others"): readonly DraftCall[][] {
  const groups = new Map<string, DraftCall[]>();
  for (const draft of drafts) {
    for (const [place, call] of draft.managed.entries()) {
      if ((call.relationship.kind === "belongsTo") !== (kind === "belongsTo")) continue;
      const key = JSON.stringify([place, call.relationship.name, call.rules]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ draft, call }]);
      else group.push({ draft, call });
    }
  }
  return [...groups.values()];
}

function buildEntry({ action }: Draft, { items }: ManagedCall, parent: AnyRecord): ManageEntry {
  return { parent, items, isNew: action.kind === "create" };
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
