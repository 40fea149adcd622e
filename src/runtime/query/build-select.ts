import type { Knex } from "knex";
import { joinFragments, writeSql, type Fragment } from "../mapping/fragment.js";
import { listColumns, type ColumnMap } from "../mapping/table-map.js";
import { combine } from "./condition.js";
import { readColumns, type QueryData, type SortKey } from "./query-data.js";
import { renderCondition, type Place } from "./render-condition.js";
import { renderSort } from "./render-sort.js";

/** The place of a query's own rows: its table under its own name, so that what users add finds it. */
export function rootPlace({ table }: QueryData): Place {
  return { table, alias: table.table, depth: 0 };
}

/** The Knex query that reads a query's rows, keyed by attribute; `extra` is selected besides. */
export function buildSelect(knex: Knex, query: QueryData, extra = ""): Knex.QueryBuilder {
  const place = rootPlace(query);
  const columns = listColumns(query.table, readColumns(query), place.alias) + extra;
  const builder = knex.queryBuilder().select(knex.raw(columns)).from(knex.raw(query.table.table));
  restrict(builder, query, place);
  const sort = renderSort(query.sort, place);
  if (sort !== undefined) builder.orderByRaw(sort);
  cut(builder, query);
  lockRows(builder, query);
  return builder;
}

/** Adds the conditions of a query, and of each combination of `distinct` only the first row. */
export function restrict(builder: Knex.QueryBuilder, query: QueryData, place: Place): void {
  if (query.conditions.length > 0) {
    addWhere(builder, renderCondition(combine(query.conditions), place));
  }
  if (query.distinct !== undefined) addWhere(builder, renderDistinct(query, query.distinct));
}

export function addWhere(builder: Knex.QueryBuilder, { sql, bindings }: Fragment): void {
  // Values are bound by their types, into what the drivers take.
  builder.whereRaw(sql, bindings as Knex.RawBinding[]);
}

/** Is it a part of the rows? Which one, the sort then says. */
export function isCut({ limit, offset = 0 }: Pick<QueryData, "limit" | "offset">): boolean {
  return limit !== undefined || offset > 0;
}

/** At most `limit`, behind `offset`; SQLite has no offset without a limit. */
export function cut(
  builder: Knex.QueryBuilder,
  { limit, offset }: Pick<QueryData, "limit" | "offset">,
): void {
  if (limit !== undefined) builder.limit(limit);
  if (offset !== undefined && offset > 0) builder.offset(offset);
}

/** A key is among the first ones of each combination: numbered by the sort, the primary key deciding between equals. */
function renderDistinct(query: QueryData, distinct: readonly ColumnMap[]): Fragment {
  const { table, conditions } = query;
  const place: Place = { table, alias: '"ranked"', depth: 0 };
  const keys = table.primaryKey.map(({ column }) => column);
  const order = renderSort(withKey(query), place) ?? "1";
  const parts = distinct.map(({ column }) => column).join(", ");
  const where =
    conditions.length === 0 ? [] : [writeSql` where ${renderCondition(combine(conditions), place)}`];
  const ranked = writeSql`select ${keys.join(", ")}, row_number() over (partition by ${parts} order by ${order}) as "$rank" from ${table.table} as "ranked"${joinFragments(where, "")}`;
  const own = keys.map((key) => `${table.table}.${key}`).join(", ");
  return writeSql`(${own}) in (select ${keys.join(", ")} from (${ranked}) as "firsts" where "$rank" = 1)`;
}

/** The sort, decided to the last: the primary key stands behind what is sorted by. */
export function withKey({ sort, table }: Pick<QueryData, "sort" | "table">): readonly SortKey[] {
  const sorted = new Set(sort.filter(({ ofJoin }) => !ofJoin).map(({ column }) => column));
  const rest = table.primaryKey.filter((column) => !sorted.has(column));
  return [
    ...sort,
    ...rest.map((column): SortKey => ({ column, direction: "asc", nulls: "last", ofJoin: false })),
  ];
}

const lockMethods = {
  forUpdate: "forUpdate",
  forNoKeyUpdate: "forNoKeyUpdate",
  forShare: "forShare",
  forKeyShare: "forKeyShare",
} as const;

/** SQLite needs no clause: a transaction there has the whole database for itself. */
function lockRows(builder: Knex.QueryBuilder, { lock, table }: QueryData): void {
  if (lock === undefined || table.database === "sqlite") return;
  builder[lockMethods[lock.lock]]();
  if (lock.locked === "skip") builder.skipLocked();
  if (lock.locked === "fail") builder.noWait();
}
