import { loadRelationships } from "../load/load-relationships.js";
import { createQueryData } from "../query/query-data.js";
import { mapTable } from "../mapping/table-map.js";
import { renderTupleMatch } from "../mapping/tuples.js";
import { writeSql } from "../mapping/fragment.js";
import { sendRows } from "../session/session.js";
import type { AnyRecord, ManageEntry, ManageTask } from "./manage-task.js";
import { needsCurrent } from "./needs-current.js";

/** What is related to each record now, join rows included; undefined where nobody asks. One statement for all of them. */
export async function readCurrent(task: ManageTask): Promise<ReadonlyMap<ManageEntry, readonly AnyRecord[]>> {
  const current = new Map<ManageEntry, readonly AnyRecord[]>();
  const asked = needsCurrent(task.rules, task.relationship) ? task.entries.filter(({ isNew }) => !isNew) : [];
  for (const entry of task.entries) if (entry.isNew) current.set(entry, []);
  if (asked.length === 0) return current;
  const { context, relationship, source, destination } = task;
  await lockParents(task, asked);
  const join =
    relationship.kind === "manyToMany" ? mapTable(relationship.through, source.database) : undefined;
  const bare = asked.map(({ parent }) => ({
    [relationship.sourceAttribute]: parent[relationship.sourceAttribute],
  }));
  await loadRelationships(context.session, source, bare, [
    { relationship, query: createQueryData(destination, join) },
  ]);
  for (const [index, entry] of asked.entries()) {
    const loaded = (bare[index] as AnyRecord)[relationship.name];
    current.set(
      entry,
      (Array.isArray(loaded) ? loaded : [loaded]).filter((each) => each !== null),
    );
  }
  return current;
}

/** Two that replace the same list one after the other leave what the later one wanted, not both. */
async function lockParents(
  { context, source, relationship }: ManageTask,
  entries: readonly ManageEntry[],
): Promise<void> {
  if (source.database !== "postgres" || relationship.kind === "belongsTo") return;
  const rows = entries.map(({ parent }) => source.primaryKey.map(({ name }) => parent[name]));
  const match = renderTupleMatch(source, source.primaryKey, { rows });
  const keys = source.primaryKey.map(({ column }) => column).join(", ");
  await sendRows(
    context.session,
    writeSql`select 1 from ${source.table} where ${match} order by ${keys} for no key update`,
  );
}
