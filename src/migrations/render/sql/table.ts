import type { TableSnapshot } from "../../snapshot.js";
import { buildTableKey } from "../../table-key.js";
import { buildColumnCheck } from "../check.js";
import { isKeyNumbered, isOnlyKeyColumn } from "../numbered-key.js";
import type { MigrationDatabase } from "../source.js";
import { buildColumn } from "./column.js";
import { buildCheck, buildForeignKey, buildPrimaryKey, buildUnique } from "./constraint.js";
import { quoteName } from "./names.js";

export interface CreatedTable {
  readonly table: TableSnapshot;
  readonly database: MigrationDatabase;
  /** The name in SQL, which may be another for a while. */
  readonly as: string;
}

/** The statement that creates a table, without its indexes and comments, one line for each part. */
export function buildCreateTable({ table, database, as }: CreatedTable): string {
  const parts = [...buildColumns(table, database), ...buildConstraints(table, database)];
  return `create table ${as} (\n${parts.map((part) => `  ${part}`).join(",\n")}\n)`;
}

function buildColumns(table: TableSnapshot, database: MigrationDatabase): readonly string[] {
  return table.columns.map((column) =>
    database === "sqlite" && column.default?.kind === "increment" && isOnlyKeyColumn(table, column)
      ? `${quoteName(column.name)} integer not null primary key autoincrement`
      : buildColumn(column, database),
  );
}

function buildConstraints(table: TableSnapshot, database: MigrationDatabase): readonly string[] {
  const { primaryKey, foreignKeys, indexes, checks = [] } = table;
  const hasOwnKey = database === "sqlite" && isKeyNumbered(table, database);
  const ofColumns = table.columns.flatMap((column) => {
    const check = buildColumnCheck({ table: buildTableKey(table), column, database });
    return check === undefined ? [] : [check];
  });
  return [
    ...(primaryKey && !hasOwnKey ? [buildPrimaryKey(primaryKey)] : []),
    ...indexes.filter(({ constraint }) => constraint).map(buildUnique),
    ...foreignKeys.map(buildForeignKey),
    ...[...ofColumns, ...checks].map(buildCheck),
  ];
}
