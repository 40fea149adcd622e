import { fc } from "../fast-check.js";
import type { Renames } from "../../src/migrations/renames.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import type { Pair } from "./arbitraries.js";

/** Two schemas and what got another name from the one to the other, which may well be nothing. */
export interface Change {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly renames: Renames;
}

/** Changes between schemas; whatever is gone may be what something new was. */
export function changesOf(schemas: fc.Arbitrary<Pair>): fc.Arbitrary<Change> {
  return schemas.chain(([before, after]) =>
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
  return pairUp(
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
    return pairUp(
      oldNames.filter((name) => !names.includes(name)),
      names.filter((name) => !oldNames.includes(name)),
    ).map((found) => found.map((rename) => ({ table, ...rename })));
  });
  return fc.tuple(...lists).map((found) => found.flat());
}

function pairUp(gone: string[], fresh: string[]): fc.Arbitrary<Renames["tables"]> {
  return fc.tuple(fc.shuffledSubarray(gone), fc.shuffledSubarray(fresh)).map(([from, to]) =>
    from.flatMap((name, position) => {
      const other = to[position];
      return other === undefined ? [] : [{ from: name, to: other }];
    }),
  );
}
