import type { Snapshot } from "../../../migrations/snapshot.js";

/** The keys of the tables, each after those that it refers to as far as that can be. */
export function orderTables(snapshot: Snapshot): readonly string[] {
  const ordered = new Set<string>();
  const visited = new Set<string>();
  const visit = (key: string): void => {
    if (visited.has(key)) return;
    visited.add(key);
    for (const { references } of snapshot.get(key)?.foreignKeys ?? []) visit(references.table);
    if (snapshot.has(key)) ordered.add(key);
  };
  for (const key of snapshot.keys()) visit(key);
  return [...ordered];
}
