import { writeSql } from "../mapping/fragment.js";
import { columnOf, createRecord, listColumns, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { limitRows, renderTupleMatch, type Tuples } from "../mapping/tuples.js";
import { sendRows, type Session } from "../session/session.js";
import { explainHeld } from "./explain-held.js";

export interface Deletion {
  readonly table: TableMap;
  /** The columns that tell a row, and their values for each row to be deleted. */
  readonly by: readonly string[];
  readonly rows: Tuples;
}

/**
 * Deletes rows in one statement and gives the keys of those that were there. PostgreSQL locks them in the order of their
 * keys first, so that two that delete the same rows wait for each other instead of dying of it.
 */
export async function deleteRows(
  session: Session,
  { table, by, rows }: Deletion,
): Promise<Record<string, unknown>[]> {
  const columns = by.map((name) => columnOf(table, name));
  const kept = listKept(table, columns);
  const deleted: Record<string, unknown>[] = [];
  const size = limitRows(table, columns.length);
  for (let start = 0; start < rows.length; start += size) {
    const statement = { resource: table.definition, operation: "destroy" } as const;
    const part = rows.slice(start, start + size);
    try {
      const found = await sendRows(session, renderDelete(table, columns, part), statement);
      for (const row of found) deleted.push(createRecord(table, kept, row));
    } catch (error) {
      throw await explainHeld(session, { table, by, rows: part }, error);
    }
  }
  return deleted;
}

function renderDelete(table: TableMap, columns: readonly ColumnMap[], rows: Tuples) {
  const back = listColumns(table, listKept(table, columns));
  const match = renderTupleMatch(table, columns, { rows });
  if (rows.length === 1 || table.database === "sqlite") {
    return writeSql`delete from ${table.table} where ${match} returning ${back}`;
  }
  const keys = table.primaryKey.map(({ column }) => column).join(", ");
  const locked = writeSql`select ${keys} from ${table.table} where ${match} order by ${keys} for update`;
  return writeSql`delete from ${table.table} where (${keys}) in (${locked}) returning ${back}`;
}

function listKept({ primaryKey }: TableMap, columns: readonly ColumnMap[]): readonly ColumnMap[] {
  return [...new Set([...primaryKey, ...columns])];
}
