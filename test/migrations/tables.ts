import { buildTableKey } from "../../src/migrations/table-key.js";
import { foreignKeyName, indexName, primaryKeyName } from "../../src/support/constraint-names.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  ReferentialAction,
  Snapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";

/** Tables by their keys. */
export function snapshotOf(...tables: readonly TableSnapshot[]): Snapshot {
  return new Map(tables.map((table) => [buildTableKey(table), table]));
}

/** A table with a uuid `id`, and whatever more is given. */
export function tableOf(
  name: string,
  columns: readonly ColumnSnapshot[] = [],
  more: Partial<TableSnapshot> = {},
): TableSnapshot {
  return {
    name,
    columns: [{ name: "id", type: { kind: "uuid" }, nullable: false, default: { kind: "uuid" } }, ...columns],
    primaryKey: { name: primaryKeyName(name), columns: ["id"] },
    indexes: [],
    foreignKeys: [],
    ...more,
  };
}

export function column(
  name: string,
  type: ColumnSnapshot["type"] = { kind: "text" },
  more: Partial<ColumnSnapshot> = {},
): ColumnSnapshot {
  return { name, type, nullable: true, ...more };
}

export function indexOf(table: string, columns: readonly string[], unique = false): IndexSnapshot {
  return { name: indexName(table, columns), columns, unique };
}

export function foreignKeyTo(
  destination: string,
  table: string,
  name: string,
  onDelete: ReferentialAction = "cascade",
): ForeignKeySnapshot {
  const columns = [name];
  return {
    name: foreignKeyName(table, columns),
    columns,
    references: { table: destination, columns: ["id"] },
    onDelete,
  };
}
