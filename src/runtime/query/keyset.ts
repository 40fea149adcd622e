/**
 * Reading on from a row. A position is the values of the sort at that row; what comes behind it is said by conditions on
 * the sort's columns, so that rows which are added or removed meanwhile shift nothing, and an index can find the place.
 *
 * PostgreSQL keeps moments to the microsecond and a Date to the millisecond: a position holds the moment as the
 * database's own text, or the row at the position would be met again.
 */
import { isWithoutZone } from "../values/without-zone.js";
import { joinFragments, plainSql, writeSql, type Fragment } from "../mapping/fragment.js";
import { bindValue, castStored } from "../mapping/table-map.js";
import { currentKnex, send, type Row, type Session } from "../session/session.js";
import { addWhere, buildSelect, rootPlace } from "./build-select.js";
import { readColumns, type QueryData, type SortKey } from "./query-data.js";
import type { Place } from "./render-condition.js";
import { placeOf } from "./render-sort.js";

/** The values of the sort at a row, as they are bound; null where the row has none. */
export type Position = readonly unknown[];

export interface Batch {
  readonly rows: readonly Row[];
  /** The position of one of the rows. */
  readonly positionOf: (row: Row) => Position;
}

/** The rows behind a position, or from the beginning. The query has to be sorted to the last. */
export async function readBatch(
  session: Session,
  query: QueryData,
  position: Position | undefined,
): Promise<Batch> {
  const place = rootPlace(query);
  const extra = query.sort.map((key, index) => `, ${selectKey(key, place)} as "$${String(index)}"`);
  const builder = buildSelect(currentKnex(session), query, isReadAnyway(query) ? "" : extra.join(""));
  if (position !== undefined) addWhere(builder, renderBehind(query.sort, position, place));
  const rows = await send<Row[]>(session, builder, { resource: query.table.definition, operation: "read" });
  return { rows, positionOf: (row) => findPosition(query, row) };
}

/** A sort by columns that are read in any case, and as exactly as they are bound. */
function isReadAnyway(query: QueryData): boolean {
  const columns = readColumns(query);
  return query.sort.every((key) => columns.includes(key.column) && !needsText(key, query));
}

export function needsText({ column }: SortKey, { table }: Pick<QueryData, "table">): boolean {
  return column.attribute.type.kind === "datetime" && table.database === "postgres";
}

function selectKey(key: SortKey, place: Place): string {
  const at = placeOf(key, place);
  const moment = isWithoutZone(key.column.attribute.type) ? at : `${at} at time zone 'UTC'`;
  if (needsText(key, place)) return `to_char(${moment}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return key.column.attribute.type.kind === "bigint" ? `cast(${at} as text)` : at;
}

function findPosition(query: QueryData, row: Row): Position {
  const isPlain = isReadAnyway(query);
  return query.sort.map((key, index) => {
    const stored = row[isPlain ? key.column.name : `$${String(index)}`];
    if (stored === null || needsText(key, query)) return stored;
    return bindValue(key.column, castStored(key.column, stored));
  });
}

/** Greater in the first key, or equal there and greater in the second, and so on. */
export function renderBehind(sort: readonly SortKey[], position: Position, place: Place): Fragment {
  if (isUniform(sort, position)) return renderRowComparison(sort, position, place);
  const branches = sort.map((key, index) => {
    const equal = sort.slice(0, index).map((earlier, at) => renderEqual(earlier, position[at], place));
    return joinFragments([...equal, renderBeyond(key, position[index], place)], " and ");
  });
  return writeSql`(${joinFragments(branches, " or ")})`;
}

/** One direction and no nulls: the databases compare rows by an index. */
function isUniform(sort: readonly SortKey[], position: Position): boolean {
  return sort.every(
    (key, index) =>
      key.direction === sort[0]?.direction && key.column.attribute.required && position[index] !== null,
  );
}

function renderRowComparison(sort: readonly SortKey[], position: Position, place: Place): Fragment {
  const columns = sort.map((key) => placeOf(key, place)).join(", ");
  const values = sort.map(() => "?").join(", ");
  const operator = sort[0]?.direction === "desc" ? "<" : ">";
  return { sql: `(${columns}) ${operator} (${values})`, bindings: position };
}

function renderEqual(key: SortKey, value: unknown, place: Place): Fragment {
  const at = placeOf(key, place);
  return value === null ? plainSql(`${at} is null`) : { sql: `${at} = ?`, bindings: [value] };
}

function renderBeyond(key: SortKey, value: unknown, place: Place): Fragment {
  const at = placeOf(key, place);
  if (value === null) return plainSql(key.nulls === "first" ? `${at} is not null` : "1 = 0");
  const beyond: Fragment = { sql: `${at} ${key.direction === "asc" ? ">" : "<"} ?`, bindings: [value] };
  if (key.nulls === "first" || key.column.attribute.required) return beyond;
  return writeSql`(${beyond} or ${at} is null)`;
}

/** Can a row be found again by its values of the sort? JSON and lists come back in other words than they are kept in. */
export function isResumable(sort: readonly SortKey[]): boolean {
  return !sort.some(({ column }) => ["json", "array", "binary"].includes(column.attribute.type.kind));
}

/** The sort read backwards. */
export function reverseSort(sort: readonly SortKey[]): SortKey[] {
  return sort.map((key) => ({
    ...key,
    direction: key.direction === "asc" ? "desc" : "asc",
    nulls: key.nulls === "first" ? "last" : "first",
  }));
}
