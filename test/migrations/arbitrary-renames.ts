import fc from "fast-check";
import type { Renames } from "../../src/migrations/renames.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";

/** Two schemas and what got another name from the one to the other, which may well be nothing. */
export interface Change {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly renames: Renames;
}

/** Changes between schemas; whatever is gone may be what something new was. */
export function changesOf(schemas: fc.Arbitrary<Snapshot>): fc.Arbitrary<Change> {
  return fc.tuple(schemas, schemas).chain(([before, after]) =>
    tableRenames(before, after).chain((tables) =>
      columnRenames(before, after, tables).map((columns) => ({
        before,
        after,
        renames: { tables, columns },
      })),
    ),
  );
}

function tableRenames(before: Snapshot, after: Snapshot): fc.Arbitrary<Renames["tables"]> {
  return pairs(
    [...before.keys()].filter((key) => !after.has(key)),
    [...after.keys()].filter((key) => !before.has(key)),
  );
}

function columnRenames(
  before: Snapshot,
  after: Snapshot,
  tables: Renames["tables"],
): fc.Arbitrary<Renames["columns"]> {
  const lists = [...after].map(([table, { columns }]) => {
    const old = before.get(tables.find(({ to }) => to === table)?.from ?? table)?.columns ?? [];
    const [names, oldNames] = [columns.map(({ name }) => name), old.map(({ name }) => name)];
    return pairs(
      oldNames.filter((name) => !names.includes(name)),
      names.filter((name) => !oldNames.includes(name)),
    ).map((found) => found.map((rename) => ({ table, ...rename })));
  });
  return fc.tuple(...lists).map((found) => found.flat());
}

function pairs(gone: string[], fresh: string[]): fc.Arbitrary<Renames["tables"]> {
  return fc.tuple(fc.shuffledSubarray(gone), fc.shuffledSubarray(fresh)).map(([from, to]) =>
    from.flatMap((name, position) => {
      const other = to[position];
      return other === undefined ? [] : [{ from: name, to: other }];
    }),
  );
}
