import { plainSql, writeSql, type Fragment } from "../mapping/fragment.js";
import { columnOf, createRecord, listColumns, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { limitRows, writeRows, type Tuples } from "../mapping/tuples.js";
import { sendRows, type Row, type Session } from "../session/session.js";

/** New rows: canonical values by attribute. */
export type RowValues = ReadonlyMap<string, unknown>;

/** What a row does that meets one with the same key. */
export type OnConflict =
  | { readonly kind: "error" }
  /** Without a target any unique key counts. */
  | { readonly kind: "ignore"; readonly target?: readonly string[] | undefined }
  | { readonly kind: "update"; readonly target: readonly string[]; readonly fields: readonly string[] };

export interface Insertion {
  readonly table: TableMap;
  readonly rows: readonly RowValues[];
  readonly onConflict?: OnConflict;
  /** Which columns come back of every row that was written, or none; all of them where nothing is said. */
  readonly returning?: readonly ColumnMap[];
}

/**
 * Writes rows, those with the same attributes in one statement. Gives what came back for each statement, with the places
 * of its rows.
 */
export async function insertRows(session: Session, insertion: Insertion): Promise<readonly InsertedRows[]> {
  const inserted: InsertedRows[] = [];
  for (const group of groupRows(insertion)) {
    const rows = await sendRows(session, renderInsert(insertion, group), {
      resource: insertion.table.definition,
      operation: "create",
    });
    inserted.push({ places: group.places, rows });
  }
  return inserted;
}

export interface InsertedRows {
  /** The places of the rows of this statement among all. */
  readonly places: readonly number[];
  /** What came back, in the order of the places; fewer where some were left out. */
  readonly rows: readonly Row[];
}

/** Rows written without conflicts, as records in the order of the rows. */
export async function insertRecords(
  session: Session,
  table: TableMap,
  rows: readonly RowValues[],
): Promise<Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = [];
  for (const { places, rows: returned } of await insertRows(session, { table, rows })) {
    for (const [index, row] of returned.entries()) {
      records[places[index] ?? index] = createRecord(table, table.columns, row);
    }
  }
  return records;
}

interface RowGroup {
  readonly columns: readonly ColumnMap[];
  readonly places: readonly number[];
  readonly tuples: Tuples;
}

/** Rows that give the same attributes, as many as a statement takes. */
function groupRows({ table, rows }: Insertion): RowGroup[] {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    const columns = [...only.keys()].map((name) => columnOf(table, name));
    return [{ columns, places: [0], tuples: [[...only.values()]] }];
  }
  const groups = new Map<string, { columns: ColumnMap[]; places: number[] }>();
  for (const [place, row] of rows.entries()) {
    const names = [...row.keys()];
    const key = names.join("\n");
    const group = groups.get(key) ?? { columns: names.map((name) => columnOf(table, name)), places: [] };
    group.places.push(place);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => splitGroup(table, rows, group));
}

function splitGroup(
  table: TableMap,
  rows: readonly RowValues[],
  { columns, places }: { readonly columns: readonly ColumnMap[]; readonly places: readonly number[] },
): RowGroup[] {
  const size = limitRows(table, columns.length);
  const groups: RowGroup[] = [];
  for (let start = 0; start < places.length; start += size) {
    const part = places.slice(start, start + size);
    const tuples = part.map((place) => columns.map(({ name }) => rows[place]?.get(name) ?? null));
    groups.push({ columns, places: part, tuples });
  }
  return groups;
}

function renderInsert({ table, onConflict, returning }: Insertion, { columns, tuples }: RowGroup): Fragment {
  const into = columns.map(({ column }) => column).join(", ");
  const source =
    columns.length === 0
      ? plainSql("default values")
      : writeSql`(${into}) ${writeRows(table, columns, tuples)}`;
  if (returning?.length === 0) {
    return writeSql`insert into ${table.table} ${source}${renderConflict(table, onConflict)}`;
  }
  const back = returning === undefined ? table.selectList : listColumns(table, returning);
  const created =
    onConflict?.kind === "update" && table.database === "postgres" ? ', (xmax = 0) as "$created"' : "";
  return writeSql`insert into ${table.table} ${source}${renderConflict(table, onConflict)} returning ${back}${created}`;
}

function renderConflict(table: TableMap, onConflict: OnConflict = { kind: "error" }): string {
  if (onConflict.kind === "error") return "";
  const target = onConflict.target?.map((name) => columnOf(table, name).column).join(", ");
  const on = target === undefined ? " on conflict" : ` on conflict (${target})`;
  if (onConflict.kind === "ignore") return `${on} do nothing`;
  // Without anything to update the row still has to come back.
  const names = onConflict.fields.length > 0 ? onConflict.fields : onConflict.target;
  const sets = names
    .map((name) => columnOf(table, name).column)
    .map((column) => `${column} = excluded.${column}`);
  return `${on} do update set ${sets.join(", ")}`;
}
