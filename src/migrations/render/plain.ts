/*
 * What Knex's builder can be given. It reads dots, brackets and question marks in names and SQL in ways of its own, and
 * its `create table` for SQLite leaves some constraints out. Whatever is not plain is written in SQL.
 */
import type {
  CheckSnapshot,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from "../snapshot.js";
import { buildTableKey, parseTableKey } from "../table-key.js";
import { isPlainToKnex } from "./sql/names.js";
import type { MigrationDatabase } from "./source.js";

/** Can Knex's builder create the table, apart from indexes that are not plain? */
export function isPlainTable(table: TableSnapshot, database: MigrationDatabase): boolean {
  const { primaryKey, checks = [], indexes } = table;
  return (
    isPlainKey(buildTableKey(table)) &&
    table.columns.every(isPlainColumn) &&
    (!primaryKey || areNames([primaryKey.name, ...primaryKey.columns])) &&
    table.foreignKeys.every((foreignKey) => isPlainForeignKey(foreignKey, database)) &&
    checks.every(isPlainCheck) &&
    indexes.filter(({ constraint }) => constraint).every((index) => isPlainIndex(index, database))
  );
}

/** Are the names that the key is made of plain? */
export function isPlainKey(key: string): boolean {
  const { schema, name } = parseTableKey(key);
  return areNames(schema === undefined ? [name] : [schema, name]);
}

export function isPlainColumn({ name, type, default: given, generatedAs }: ColumnSnapshot): boolean {
  const texts = [
    given?.kind === "sql" ? given.sql : "",
    generatedAs ?? "",
    type.databaseType ?? "",
    type.kind === "enum" ? (type.native ?? "") : "",
  ];
  return isPlainToKnex(name) && texts.every(isPlainSql);
}

export function isPlainForeignKey(
  { name, columns, references, setNull, deferrable }: ForeignKeySnapshot,
  database: MigrationDatabase,
): boolean {
  const isKnown = setNull === undefined && (database === "postgres" || deferrable === undefined);
  return isKnown && areNames([name, ...columns, ...references.columns]) && isPlainKey(references.table);
}

export function isPlainCheck({ sql }: CheckSnapshot): boolean {
  return isPlainSql(sql);
}

/** Is the index one over columns, and no more than that? */
export function isPlainIndex(index: IndexSnapshot, database: MigrationDatabase): boolean {
  const isMore = index.where ?? index.method ?? index.include ?? index.nullsNotDistinct;
  const isUnknown = database === "sqlite" && index.constraint;
  return isMore === undefined && !isUnknown && areNames([index.name, ...index.columns]);
}

function areNames(names: readonly (string | object)[]): boolean {
  return names.every((name) => typeof name === "string" && isPlainToKnex(name));
}

function isPlainSql(sql: string): boolean {
  return !/[?\\\n]/.test(sql);
}
