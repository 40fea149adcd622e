import type { Draft } from "../changeset/draft.js";
import { hasHooks } from "../changeset/hooks.js";
import type { WriteContext } from "../changeset/write-context.js";
import { findPrimaryAction } from "../actions/primary-action.js";
import { isLoaded } from "../load/loaded-property.js";
import { copyRecord } from "../mapping/copy-record.js";
import { mapTable } from "../mapping/table-map.js";
import { limitRows } from "../mapping/tuples.js";
import { runAlone } from "../session/transaction.js";
import { keyTextOf } from "../write/key-text.js";
import { attachRelated } from "./attach-related.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";
import type { ManagedCall } from "./managed-call.js";
import { needsCurrent } from "./needs-current.js";
import { requireDecided } from "./planned-write.js";
import { planJoins, type ManyToMany } from "./plan-joins.js";
import { insertJoins, insertUnseenJoins } from "./write-joins.js";

/** One append of records that are there, to a record that does not change: one insert is all, without a transaction. */
export interface Append {
  readonly draft: Draft;
  readonly call: ManagedCall & { readonly relationship: ManyToMany };
}

/** The append that drafts come to; undefined where they are more than that. */
export function findAppend(drafts: readonly Draft[]): Append | undefined {
  const [draft] = drafts;
  const [call] = draft?.managed ?? [];
  if (draft === undefined || call === undefined || drafts.length + draft.managed.length > 2) return undefined;
  const { relationship } = call;
  if (draft.values.size + draft.increments.size + draft.locks.size > 0 || hasHooks(draft)) return undefined;
  if (relationship.kind !== "manyToMany" || !isPlainAppend(call)) return undefined;
  const join = mapTable(relationship.through, draft.table.database);
  if (call.items.length > limitRows(join, join.columns.length)) return undefined;
  const { options } = findPrimaryAction(relationship.through, "create");
  const isPlain = [options.changes, options.before, options.after, options.afterCommit].every(
    (each) => !each?.length,
  );
  return isPlain ? { draft, call: { ...call, relationship } } : undefined;
}

function isPlainAppend({ rules, items, relationship }: ManagedCall): boolean {
  return (
    !needsCurrent(rules, relationship) &&
    rules.onLookup === "relate" &&
    items.every(({ record }) => record !== undefined)
  );
}

/** Carries it out; gives the record as it is then. */
export async function appendOnce(context: WriteContext, { draft, call }: Append): Promise<AnyRecord> {
  const { relationship, rules, items } = call;
  const source = draft.table;
  const destination = mapTable(relationship.destination, source.database);
  const parent = copyRecord(source, draft.record ?? {}, {});
  const entry = { parent, items, isNew: false, path: [relationship.name] };
  const task: ManageTask<ManyToMany> = {
    context,
    relationship,
    rules,
    source,
    destination,
    entries: [entry],
    issues: [],
  };
  const targets = new Map<string, Step>();
  for (const item of items) {
    // Only items with records come here.
    const target = item.record as AnyRecord;
    const key = keyTextOf(destination, target);
    if (!targets.has(key)) targets.set(key, { entry, item, target });
  }
  const planned = planJoins(task, [...targets.values()]);
  requireDecided(task, planned);
  if (!isLoaded(parent, relationship.name)) {
    await runAlone(context.session, () => insertUnseenJoins(task, planned));
    return parent;
  }
  const joins = await runAlone(context.session, () => insertJoins(task, planned));
  const related = [...targets.values()].map((step) => ({
    step,
    record: copyRecord(destination, step.target ?? {}, { $join: joins.get(step) }),
  }));
  attachRelated(task, new Map(), new Map([[entry, related]]));
  return parent;
}
