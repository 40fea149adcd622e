import { findSqlNames } from "./sql-words.js";
import type { IndexColumn, IndexSnapshot } from "./snapshot.js";

/** A unique index over plain columns and all rows: what a foreign key can refer to. */
export type FullKey = IndexSnapshot & { readonly columns: readonly string[] };

/** Is it unique, over plain columns and all rows? */
export function isFullKey(index: IndexSnapshot): index is FullKey {
  return index.unique && index.where === undefined && index.columns.every(isColumn);
}

function isColumn(column: IndexColumn): column is string {
  return typeof column === "string";
}

/** Every column that an index holds, and every other word of its SQL, in lower case: it may be a column. */
export function findIndexColumns({ columns, include = [], where }: IndexSnapshot): readonly string[] {
  const sql = columns.flatMap((column) => (isColumn(column) ? [] : [column.sql]));
  const pieces = where === undefined ? sql : [...sql, where];
  return [...columns.filter(isColumn), ...include, ...pieces.flatMap((piece) => [...findSqlNames(piece)])];
}

/** Is there SQL in it whose meaning hangs on the types of columns? */
export function hasIndexSql({ columns, where }: IndexSnapshot): boolean {
  return where !== undefined || !columns.every(isColumn);
}
