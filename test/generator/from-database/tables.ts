import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from "../../../src/migrations/snapshot.js";
import { foreignKeyName, primaryKeyName } from "../../../src/support/constraint-names.js";

/** A table with an `id`, or the key that is given, and columns of integers. */
export function table(
  name: string,
  columns: readonly (string | ColumnSnapshot)[] = [],
  options: Partial<TableSnapshot> & { readonly key?: readonly string[] } = {},
): TableSnapshot {
  const { key = ["id"], ...rest } = options;
  const all = key.includes("id") ? [id, ...columns] : columns;
  return {
    name,
    columns: all.map((column) =>
      typeof column === "string" ? integer(column, key.includes(column)) : column,
    ),
    ...(key.length > 0 && { primaryKey: { name: primaryKeyName(name), columns: key } }),
    ...{ indexes: [], foreignKeys: [] },
    ...rest,
  };
}

export function integer(name: string, required = false): ColumnSnapshot {
  return { name, type: { kind: "integer" }, nullable: !required };
}

const id = integer("id", true);

/** A foreign key to the `id` of a table, under ashlar's own name. */
export function references(owner: string, column: string, other: string): ForeignKeySnapshot {
  return {
    ...{ name: foreignKeyName(owner, [column]), columns: [column], onDelete: "no action" },
    references: { table: other, columns: ["id"] },
  };
}

export function unique(name: string, columns: readonly string[]): IndexSnapshot {
  return { name, columns, unique: true };
}
