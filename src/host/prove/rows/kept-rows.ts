import type { Knex } from "knex";
import { queryRows } from "../query-rows.js";
import { quoteName, quoteTable } from "./quote-name.js";
import type { TrackedTable } from "./track-columns.js";

export type Side = "before" | "after";

/** The values of tracked columns as texts: by the table's key before, a list for each row. */
export type Picture = ReadonlyMap<string, readonly (readonly (string | null)[])[]>;

/** Reads the tracked tables by the names that they have on one side of the change. */
export async function takePicture(
  knex: Knex,
  tracked: readonly TrackedTable[],
  side: Side,
): Promise<Picture> {
  const picture = new Map<string, readonly (readonly (string | null)[])[]>();
  for (const table of tracked) picture.set(table.before, await readRows(knex, table, side));
  return picture;
}

async function readRows(
  knex: Knex,
  table: TrackedTable,
  side: Side,
): Promise<readonly (readonly (string | null)[])[]> {
  const columns = table.columns.map(
    (column, place) => `cast(${quoteName(column[side])} as text) as c${place}`,
  );
  const list = ["1 as c", ...columns].join(", ");
  const rows = await queryRows<Readonly<Record<string, string | null>>>(
    knex,
    `select ${list} from ${quoteTable(table[side])}`,
  );
  return rows.map((row) => columns.map((_, place) => row[`c${place}`] ?? null));
}

/** A difference between the rows as they were and as they are. */
export interface RowDifference {
  readonly table: TrackedTable;
  readonly kind: "fewer" | "more" | "changed";
  /** A sentence. */
  readonly message: string;
}

/** What became of the rows, for each table or column where they are not what they were. */
export function findLosses(
  tracked: readonly TrackedTable[],
  [old, now]: readonly [Picture, Picture],
  side: Side,
): readonly RowDifference[] {
  return tracked.flatMap((table): readonly RowDifference[] => {
    const [were, are] = [old.get(table.before) ?? [], now.get(table.before) ?? []];
    if (were.length !== are.length)
      return [
        {
          table,
          kind: are.length < were.length ? "fewer" : "more",
          message: `"${table[side]}" had ${countRows(were.length)} and has ${are.length} now.`,
        },
      ];
    const changed = table.columns.filter((_, place) => isChanged([were, are], place));
    return changed.map((column) => ({
      table,
      kind: "changed",
      message: `The values of the column "${column[side]}" of "${table[side]}" are not what they were.`,
    }));
  });
}

function isChanged(
  [were, are]: readonly [
    Picture extends ReadonlyMap<string, infer Rows> ? Rows : never,
    readonly (readonly (string | null)[])[],
  ],
  place: number,
): boolean {
  const [one, other] = [were, are].map((rows) => rows.map((row) => JSON.stringify(row[place])).sort());
  return JSON.stringify(one) !== JSON.stringify(other);
}

function countRows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
