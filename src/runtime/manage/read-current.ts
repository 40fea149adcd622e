import { loadRelationships } from "../load/load-relationships.js";
import { createQueryData } from "../query/query-data.js";
import { mapTable } from "../mapping/table-map.js";
import type { AnyRecord, ManageEntry, ManageTask } from "./manage-task.js";
import { needsCurrent } from "./needs-current.js";

/** What is related to each record now, join rows included; undefined where nobody asks. One statement for all of them. */
export async function readCurrent(task: ManageTask): Promise<ReadonlyMap<ManageEntry, readonly AnyRecord[]>> {
  const current = new Map<ManageEntry, readonly AnyRecord[]>();
  const asked = needsCurrent(task.rules, task.relationship) ? task.entries.filter(({ isNew }) => !isNew) : [];
  for (const entry of task.entries) if (entry.isNew) current.set(entry, []);
  if (asked.length === 0) return current;
  const { context, relationship, source, destination } = task;
  const join =
    relationship.kind === "manyToMany" ? mapTable(relationship.through, source.database) : undefined;
  const bare: AnyRecord[] = asked.map(({ parent }) => ({
    [relationship.sourceAttribute]: parent[relationship.sourceAttribute],
  }));
  await loadRelationships(context.session, source, bare, [
    { relationship, query: createQueryData(destination, join) },
  ]);
  for (const [index, entry] of asked.entries()) {
    const loaded = bare[index]?.[relationship.name];
    current.set(
      entry,
      (Array.isArray(loaded) ? loaded : [loaded]).filter((each) => each !== null),
    );
  }
  return current;
}
