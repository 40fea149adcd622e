import type { Snapshot, TableSnapshot } from "./snapshot.js";

/** Columns and statements in the order in which they are declared, wherever nothing is withheld. */
export function alignSnapshot(result: Snapshot, wanted: Snapshot): Snapshot {
  return new Map(
    [...result].map(([key, table]) => {
      const declared = wanted.get(key);
      return [key, declared ? alignTable(table, declared) : table];
    }),
  );
}

function alignTable(table: TableSnapshot, wanted: TableSnapshot): TableSnapshot {
  const { statements } = table;
  return {
    ...table,
    columns: sortLike(table.columns, wanted.columns),
    indexes: sortLike(table.indexes, wanted.indexes),
    foreignKeys: sortLike(table.foreignKeys, wanted.foreignKeys),
    ...(statements && { statements: sortLike(statements, wanted.statements ?? []) }),
  };
}

/** What is not in the other list comes last, as it stood. */
function sortLike<Item extends { readonly name: string }>(
  items: readonly Item[],
  wanted: readonly Item[],
): readonly Item[] {
  const places = new Map(wanted.map(({ name }, place) => [name, place]));
  const placeOf = ({ name }: Item) => places.get(name) ?? wanted.length;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}
