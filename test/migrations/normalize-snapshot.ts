import type { Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";

/** The same schema with everything that is a set sorted by name. */
export function normalizeSnapshot(snapshot: Snapshot): Snapshot {
  const sorted = [...snapshot].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([key, table]) => [key, normalizeTable(table)]));
}

function normalizeTable(table: TableSnapshot): TableSnapshot {
  const { columns, indexes, foreignKeys, statements } = table;
  return {
    ...table,
    columns: sortByName(columns),
    indexes: sortByName(indexes),
    foreignKeys: sortByName(foreignKeys),
    ...(statements && { statements: sortByName(statements) }),
  };
}

export function sortByName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
