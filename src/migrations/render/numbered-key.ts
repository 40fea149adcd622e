import type { ColumnSnapshot, TableSnapshot } from "../snapshot.js";
import type { MigrationDatabase } from "./source.js";

/** Does a sequence number the rows by this column? */
export function isNumbered(column: ColumnSnapshot): boolean {
  return column.default?.kind === "increment";
}

/** Is the primary key a column that numbers the rows, and written with it? */
export function isKeyNumbered(table: TableSnapshot, database: MigrationDatabase): boolean {
  // PostgreSQL then names the key itself, and a long name another way than ashlar; SQLite keeps no name at all.
  const hasOwnName = database === "sqlite" || table.primaryKey?.name === `${table.name}_pkey`;
  return hasOwnName && table.columns.some((column) => isNumbered(column) && isOnlyKeyColumn(table, column));
}

/** Is the column all of the primary key? */
export function isOnlyKeyColumn({ primaryKey }: TableSnapshot, { name }: ColumnSnapshot): boolean {
  return primaryKey?.columns.length === 1 && primaryKey.columns[0] === name;
}
