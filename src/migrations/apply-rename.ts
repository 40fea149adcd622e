import { renameInSql } from "./sql-words.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexColumn,
  IndexSnapshot,
  TableSnapshot,
} from "./snapshot.js";
import { parseTableKey } from "./table-key.js";

/** The tables of a schema while operations are carried out on it. */
export type MutableSnapshot = Map<string, TableSnapshot>;

/** Gives a table another key; foreign keys follow. */
export function renameTableIn(tables: MutableSnapshot, from: string, to: string): void {
  const table = tables.get(from);
  if (!table) return;
  tables.delete(from);
  const { schema: _, name: __, ...rest } = table;
  tables.set(to, { ...parseTableKey(to), ...rest });
  editReferences(tables, from, (references) => ({ ...references, table: to }));
}

/** Gives a column another name; keys, indexes, checks and the foreign keys of all tables follow, as in a database. */
export function renameColumnIn(
  tables: MutableSnapshot,
  { table: key, from, to }: { readonly table: string; readonly from: string; readonly to: string },
): void {
  const table = tables.get(key);
  if (!table) return;
  const rename = { name: (name: string) => (name === from ? to : name), sql: sqlRenamer(from, to) };
  tables.set(key, renameWithin(table, rename));
  editReferences(tables, key, ({ table: name, columns }) => ({
    table: name,
    columns: columns.map(rename.name),
  }));
}

interface Rename {
  readonly name: (name: string) => string;
  readonly sql: (sql: string) => string;
}

function sqlRenamer(from: string, to: string): Rename["sql"] {
  return (sql) => renameInSql(sql, from, to);
}

function renameWithin(table: TableSnapshot, rename: Rename): TableSnapshot {
  const { primaryKey, checks } = table;
  return {
    ...table,
    columns: table.columns.map((column) => renameColumn(column, rename)),
    ...(primaryKey && { primaryKey: { ...primaryKey, columns: primaryKey.columns.map(rename.name) } }),
    indexes: table.indexes.map((index) => renameIndex(index, rename)),
    foreignKeys: table.foreignKeys.map((foreignKey) => renameForeignKey(foreignKey, rename)),
    ...(checks && { checks: checks.map((check) => ({ ...check, sql: rename.sql(check.sql) })) }),
  };
}

function renameColumn(column: ColumnSnapshot, rename: Rename): ColumnSnapshot {
  const { generatedAs } = column;
  return {
    ...column,
    name: rename.name(column.name),
    ...(generatedAs !== undefined && { generatedAs: rename.sql(generatedAs) }),
  };
}

function renameForeignKey(foreignKey: ForeignKeySnapshot, rename: Rename): ForeignKeySnapshot {
  const { columns, setNull } = foreignKey;
  return {
    ...foreignKey,
    columns: columns.map(rename.name),
    ...(setNull && { setNull: setNull.map(rename.name) }),
  };
}

function renameIndex(index: IndexSnapshot, rename: Rename): IndexSnapshot {
  const { where, include } = index;
  return {
    ...index,
    columns: index.columns.map((column) => renameIndexColumn(column, rename)),
    ...(where !== undefined && { where: rename.sql(where) }),
    ...(include && { include: include.map(rename.name) }),
  };
}

function renameIndexColumn(column: IndexColumn, rename: Rename): IndexColumn {
  return typeof column === "string" ? rename.name(column) : { sql: rename.sql(column.sql) };
}

type References = ForeignKeySnapshot["references"];

function editReferences(
  tables: MutableSnapshot,
  destination: string,
  edit: (references: References) => References,
): void {
  for (const [key, table] of tables) {
    if (!table.foreignKeys.some(({ references }) => references.table === destination)) continue;
    const foreignKeys = table.foreignKeys.map((foreignKey) =>
      foreignKey.references.table === destination
        ? { ...foreignKey, references: edit(foreignKey.references) }
        : foreignKey,
    );
    tables.set(key, { ...table, foreignKeys });
  }
}
