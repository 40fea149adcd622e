import type { ColumnMap, TableMap } from "../mapping/table-map.js";
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
}

export function createQueryData(table: TableMap, join?: TableMap): QueryData {
  return { table, join, conditions: [], sort: [], loads: [] };
}

/** The columns that a query reads: all of them, or those that were selected. */
export function readColumns({ table, select }: QueryData): readonly ColumnMap[] {
  return select ?? table.columns;
}
