import { plainSql, writeSql, type Fragment } from "../mapping/fragment.js";
import { escapeSql } from "../mapping/quote.js";
import { columnOf, listColumns, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { limitRows, writeRows, type Tuples } from "../mapping/tuples.js";
import { isMadeByDatabase } from "../values/generate-value.js";
import { sendRows, type Row, type Session } from "../session/session.js";
import { runAtomically } from "../session/transaction.js";
import { explainRefusal, explainUndone, type RefusedRows } from "./explain-refusal.js";

/** New rows: canonical values by attribute. */
export type RowValues = ReadonlyMap<string, unknown>;

/** What a row does that meets one with the same key. */
export type OnConflict =
  | { readonly kind: "error" }
  /** Without a target any unique key counts. */
  | { readonly kind: "ignore"; readonly target?: readonly string[] | undefined }
  | {
      readonly kind: "update";
      readonly target: readonly string[];
      /** The condition in SQL under which the target is unique, where it has one. */
      readonly where?: string | undefined;
      /** The attributes that the row there takes over from the one at a place. */
      readonly fieldsOf: (place: number) => readonly string[];
    };

export interface Insertion {
  readonly table: TableMap;
  /** Values by column, in the order of the table; undefined where the database is to decide. */
  readonly rows: Tuples;
  readonly onConflict?: OnConflict;
  /** Which columns come back of every row that was written, or none; all of them where nothing is said. */
  readonly returning?: readonly ColumnMap[];
}

export interface InsertedRows {
  /** The places of the rows of this statement among all. */
  readonly places: readonly number[];
  /** What came back, in the order of the places; fewer where some were left out. */
  readonly rows: readonly Row[];
}

/** Writes rows by their values; see `insertTuples`. */
export function insertRows(
  session: Session,
  { rows, ...insertion }: Omit<Insertion, "rows"> & { readonly rows: readonly RowValues[] },
): Promise<readonly InsertedRows[]> {
  const tuples = rows.map((row) => toTuple(insertion.table, row));
  return insertTuples(session, { ...insertion, rows: tuples });
}

/** Values in the order of the columns. */
export function toTuple({ columns }: TableMap, values: RowValues): readonly unknown[] {
  return columns.map(({ name }) => values.get(name));
}

/**
 * Writes rows, all or none, those that give the same attributes in one statement. Gives what came back for each statement, with the
 * places of its rows.
 */
export function insertTuples(session: Session, insertion: Insertion): Promise<readonly InsertedRows[]> {
  const [only] = insertion.rows;
  if (only !== undefined && insertion.rows.length === 1) {
    return sendGroups(session, insertion, [groupAlone(insertion, only)]);
  }
  const groups = groupRows(insertion);
  return groups.length < 2
    ? sendGroups(session, insertion, groups)
    : sendTogether(session, insertion, groups);
}

async function sendTogether(
  session: Session,
  insertion: Insertion,
  groups: readonly RowGroup[],
): Promise<readonly InsertedRows[]> {
  try {
    return await runAtomically(session, () => sendGroups(session, insertion, groups));
  } catch (error) {
    throw await explainUndone(session, findRefused(insertion, [...insertion.rows.keys()]), error);
  }
}

async function sendGroups(
  session: Session,
  insertion: Insertion,
  groups: readonly RowGroup[],
): Promise<readonly InsertedRows[]> {
  const inserted: InsertedRows[] = [];
  const statement = { resource: insertion.table.definition, operation: "create" } as const;
  for (const group of groups) {
    try {
      const rows = await sendRows(session, renderInsert(insertion, group), statement);
      inserted.push({ places: group.places, rows });
    } catch (error) {
      throw await explainRefusal(session, findRefused(insertion, group.places), error);
    }
  }
  return inserted;
}

/** Rows that were refused together, by their places. */
export function findRefused(
  { table, rows }: Pick<Insertion, "table" | "rows">,
  places: readonly number[],
): RefusedRows {
  const refused = places.map((place) => rows[place] ?? []);
  return { table, rows: refused, places: rows.length === 1 ? undefined : places };
}

/** Rows that give the same attributes, as many as a statement takes. */
interface RowGroup {
  readonly columns: readonly ColumnMap[];
  /** What rows that are there already take over. */
  readonly fields: readonly string[];
  readonly places: readonly number[];
  readonly tuples: Tuples;
}

interface SamePattern extends Pick<RowGroup, "columns" | "fields"> {
  readonly places: number[];
}

/** One row, as most writes are. */
function groupAlone({ table, onConflict }: Insertion, row: readonly unknown[]): RowGroup {
  return {
    columns: table.columns.filter((_, index) => row[index] !== undefined),
    fields: onConflict?.kind === "update" ? onConflict.fieldsOf(0) : [],
    places: [0],
    tuples: [row.filter((value) => value !== undefined)],
  };
}

function groupRows({ table, rows, onConflict }: Insertion): RowGroup[] {
  const groups = new Map<string, SamePattern>();
  let last: { readonly row: readonly unknown[]; readonly group: SamePattern } | undefined;
  for (const [place, row] of rows.entries()) {
    const fields = onConflict?.kind === "update" ? onConflict.fieldsOf(place) : [];
    if (last === undefined || fields.length > 0 || !isAlike(last.row, row)) {
      const columns = table.columns.filter((_, index) => row[index] !== undefined);
      const key = [...columns.map(({ name }) => name), "", ...fields].join("\n");
      const group = groups.get(key) ?? { columns, fields, places: [] };
      groups.set(key, group);
      last = { row, group };
    }
    last.group.places.push(place);
  }
  return [...groups.values()].flatMap((group) => splitGroup(table, rows, group));
}

function isAlike(left: readonly unknown[], right: readonly unknown[]): boolean {
  for (let index = 0; index < right.length; index += 1) {
    if ((left[index] === undefined) !== (right[index] === undefined)) return false;
  }
  return true;
}

function splitGroup(table: TableMap, rows: Tuples, { columns, fields, places }: SamePattern): RowGroup[] {
  // Rows that give nothing have a word for one of them only.
  const size = columns.length === 0 ? 1 : limitRows(table, columns.length);
  const given = table.columns.flatMap((column, index) => (columns.includes(column) ? [index] : []));
  const isWhole = given.length === table.columns.length;
  const groups: RowGroup[] = [];
  for (let start = 0; start < places.length; start += size) {
    const part = places.length <= size ? places : places.slice(start, start + size);
    const chosen = part.map((place) => rows[place] ?? []);
    const tuples = isWhole ? chosen : chosen.map((row) => given.map((index) => row[index]));
    groups.push({ columns, fields, places: part, tuples });
  }
  return groups;
}

function renderInsert(
  { table, onConflict, returning }: Insertion,
  { columns, tuples, fields }: RowGroup,
): Fragment {
  const into = columns.map(({ column }) => column).join(", ");
  const source =
    columns.length === 0
      ? plainSql("default values")
      : writeSql`(${into}) ${writeRows(table, columns, tuples)}`;
  const conflict = renderConflict(table, onConflict, fields);
  if (returning?.length === 0) return writeSql`insert into ${table.table} ${source}${conflict}`;
  const back = returning === undefined ? table.selectList : listColumns(table, returning);
  const created =
    onConflict?.kind === "update" && table.database === "postgres" ? ', (xmax = 0) as "$created"' : "";
  return writeSql`insert into ${table.table} ${source}${conflict} returning ${back}${created}`;
}

function renderConflict(
  table: TableMap,
  onConflict: OnConflict = { kind: "error" },
  fields: readonly string[],
): string {
  if (onConflict.kind === "error") return "";
  const target = onConflict.target?.map((name) => columnOf(table, name).column).join(", ");
  const on = target === undefined ? " on conflict" : ` on conflict (${target})`;
  if (onConflict.kind === "ignore") return `${on} do nothing`;
  const where = onConflict.where === undefined ? "" : ` where ${escapeSql(onConflict.where)}`;
  const sets = fields.length > 0 ? takeOver(table, fields) : keepAll(table, onConflict.target);
  return `${on}${where} do update set ${sets.join(", ")}`;
}

function takeOver(table: TableMap, names: readonly string[]): readonly string[] {
  return names.map((name) => columnOf(table, name).column).map((column) => `${column} = excluded.${column}`);
}

/** Without anything to update the row still has to come back: the key that both have is written once more. */
function keepAll(table: TableMap, target: readonly string[]): readonly string[] {
  const own = target.filter((name) => !isMadeByDatabase(columnOf(table, name).attribute));
  if (own.length > 0) return takeOver(table, own);
  const writable = table.columns.filter(({ attribute }) => !isMadeByDatabase(attribute)).slice(0, 1);
  return writable.map(({ column }) => `${column} = ${table.table}.${column}`);
}
