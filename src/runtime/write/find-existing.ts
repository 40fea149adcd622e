import { writeSql } from "../mapping/fragment.js";
import { escapeSql } from "../mapping/quote.js";
import { createRecord, listColumns, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { limitRows, renderTupleMatch, type Tuples } from "../mapping/tuples.js";
import { sendRows, type Session } from "../session/session.js";
import { keyTextOfValues } from "./key-text.js";

export interface ExistingKeys {
  readonly columns: readonly ColumnMap[];
  readonly rows: Tuples;
  /** Rows that do not meet this condition in SQL do not count. */
  readonly where?: string | undefined;
}

/** Which of these values some columns of the table hold in a row, as texts of their keys; what has a null is in none. */
export async function findExisting(
  session: Session,
  table: TableMap,
  { columns, rows, where }: ExistingKeys,
): Promise<ReadonlySet<string>> {
  const wanted = new Map<string, readonly unknown[]>();
  for (const row of rows) {
    const key = keyTextOfValues(columns, row);
    if (key !== undefined) wanted.set(key, row);
  }
  const condition = where === undefined ? "" : ` and (${escapeSql(where)})`;
  const existing = new Set<string>();
  const all = [...wanted.values()];
  const size = Math.min(limitRows(table, columns.length), Math.max(all.length, 1));
  for (let start = 0; start < all.length; start += size) {
    const match = renderTupleMatch(table, columns, { rows: all.slice(start, start + size) });
    const select = writeSql`select ${listColumns(table, columns)} from ${table.table} where ${match}${condition}`;
    for (const row of await sendRows(session, select)) {
      const record = createRecord(table, columns, row);
      const key = keyTextOfValues(
        columns,
        columns.map(({ name }) => record[name]),
      );
      if (key !== undefined) existing.add(key);
    }
  }
  return existing;
}
