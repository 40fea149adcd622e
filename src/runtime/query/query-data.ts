import { columnOf, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { Condition } from "./condition.js";
import type { LockOptions, RowLock } from "./query-types.js";

export interface SortKey {
  readonly column: ColumnMap;
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last";
  /** Of the join row, inside the load of a manyToMany. */
  readonly ofJoin: boolean;
}

/** A relationship to be loaded, and what of it. */
export interface LoadData {
  readonly relationship: RelationshipDefinition;
  readonly query: QueryData;
}

/** A query as plain data. */
export interface QueryData {
  readonly table: TableMap;
  /** The join resource's table, inside the load of a manyToMany. */
  readonly join?: TableMap | undefined;
  readonly conditions: readonly Condition[];
  readonly sort: readonly SortKey[];
  readonly loads: readonly LoadData[];
  readonly select?: readonly ColumnMap[];
  readonly distinct?: readonly ColumnMap[];
  readonly limit?: number;
  readonly offset?: number;
  readonly lock?: LockOptions & { readonly lock: RowLock };
  /** What the primary read action began with, where it prepares its queries. */
  readonly prepared?: QueryData;
}

export function createQueryData(table: TableMap, join?: TableMap): QueryData {
  return { table, join, conditions: [], sort: [], loads: [] };
}

/** One list for each query, since records are told apart by it. */
const partialColumns = new WeakMap<QueryData, readonly ColumnMap[]>();

/** The columns that a query reads: all of them, or those selected, the primary key and the keys of what is loaded. */
export function readColumns(query: QueryData): readonly ColumnMap[] {
  const { table, select } = query;
  if (select === undefined) return table.columns;
  const known = partialColumns.get(query);
  if (known !== undefined) return known;
  const keys = query.loads.map(({ relationship }) => columnOf(table, relationship.sourceAttribute));
  const named = new Set([...table.primaryKey, ...select, ...keys]);
  const columns = table.columns.filter((column) => named.has(column));
  partialColumns.set(query, columns);
  return columns;
}
