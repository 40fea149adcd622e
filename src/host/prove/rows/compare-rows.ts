import type { Knex } from "knex";
import type { Snapshot } from "../../../migrations/snapshot.js";
import { takePicture } from "./kept-rows.js";
import { trackColumns } from "./track-columns.js";

interface RowsOfTable {
  readonly count: number;
  /** By the names of the columns: all values, in an order of their own. */
  readonly values: ReadonlyMap<string, string>;
}

/** The rows of tables, by their keys. */
export type RowsOfTables = ReadonlyMap<string, RowsOfTable>;

/** Reads all rows of these tables. */
export async function readRowsOf(knex: Knex, snapshot: Snapshot): Promise<RowsOfTables> {
  const tables = trackColumns(snapshot, []);
  const picture = await takePicture(knex, tables, "after");
  return new Map(
    tables.map(({ after: key, columns }) => {
      const rows = picture.get(key) ?? [];
      const values = columns.map(({ after: name }, place) => {
        const list = rows.map((row) => JSON.stringify(row[place])).sort();
        return [name, list.join()] as const;
      });
      return [key, { count: rows.length, values: new Map(values) }];
    }),
  );
}

export interface ChangedRows {
  /** Of the table, or of the column in it. */
  readonly name: string;
  /** A sentence without its stop. */
  readonly message: string;
}

/** Where two databases have other rows, among the tables and columns that both have. */
export function findChangedRows(was: RowsOfTables, is: RowsOfTables): readonly ChangedRows[] {
  return [...was].flatMap(([key, old]) => {
    const found = is.get(key);
    if (found === undefined) return [];
    if (found.count !== old.count) {
      const message = `"${key}" has ${countRows(found.count)}, where they leave ${old.count}`;
      return [{ name: key, message }];
    }
    return [...old.values]
      .filter(([name, values]) => found.values.has(name) && found.values.get(name) !== values)
      .map(([name]) => ({
        name: `${key}.${name}`,
        message: `the column "${name}" of "${key}" has other values`,
      }));
  });
}

function countRows(count: number): string {
  return count === 1 ? "1 row" : `${count === 0 ? "no" : count} rows`;
}
