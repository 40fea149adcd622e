import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";
import type { ForeignKeySnapshot, IndexSnapshot, TableSnapshot } from "./snapshot.js";

/** What an operation makes true and what it needs to be true first; see `order.ts` for how facts make an order. */
export interface OperationFacts {
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

/** The table is there. */
const tableReady = (table: string) => `table ${table} is ready`;
/** The column is there, with its final type. */
const columnReady = (table: string, column: string) => `column ${table}.${column} is ready`;
/** Some key makes these columns, in whatever order, unique: a foreign key can refer to them. */
const keyReady = (table: string, columns: readonly string[]) =>
  `key ${table}(${[...columns].sort().join()}) is ready`;
/** Nobody has the name: tables, primary keys and indexes share one set of names in PostgreSQL. */
const nameFree = (name: string) => `name ${name} is free`;
const foreignKeyNameFree = (table: string, name: string) => `foreign key name ${table}.${name} is free`;
const primaryKeyGone = (table: string) => `primary key of ${table} is gone`;
/** No index, key or foreign key of before holds the column any more. */
const columnReleased = (table: string, column: string) => `column ${table}.${column} is released`;
/** No foreign key of before relies on a key over these columns any more. */
const keyReleased = (table: string, columns: readonly string[]) =>
  `key ${table}(${[...columns].sort().join()}) is released`;
/** No foreign key of another table refers to the table any more. */
const tableReleased = (table: string) => `table ${table} is released`;

export function factsOf(operation: Operation): OperationFacts {
  return visitOperation(operation, facts);
}

const facts: OperationVisitor<OperationFacts> = {
  createTable: ({ table }) => ({
    provides: [
      tableReady(table.name),
      ...table.columns.map(({ name }) => columnReady(table.name, name)),
      ...keysOf(table).map((columns) => keyReady(table.name, columns)),
    ],
    requires: [
      ...namesOf(table).map(nameFree),
      ...otherForeignKeys(table).flatMap((foreignKey) => requiredByForeignKey(table.name, foreignKey)),
    ],
  }),
  dropTable: ({ table }) => ({
    provides: [
      ...namesOf(table).map(nameFree),
      ...otherForeignKeys(table).flatMap((foreignKey) => providedWithoutForeignKey(table.name, foreignKey)),
    ],
    requires: [tableReleased(table.name)],
  }),
  addColumn: ({ table, column }) => ({
    provides: [columnReady(table, column.name)],
    requires: [tableReady(table)],
  }),
  dropColumn: ({ table, column }) => ({ provides: [], requires: [columnReleased(table, column.name)] }),
  alterColumn: ({ table, before, after }) => ({
    provides: [columnReady(table, after.name)],
    requires: [columnReleased(table, before.name)],
  }),
  addPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [keyReady(table, columns)],
    requires: [primaryKeyGone(table), nameFree(name), ...columns.map((column) => columnReady(table, column))],
  }),
  dropPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [
      primaryKeyGone(table),
      nameFree(name),
      ...columns.map((column) => columnReleased(table, column)),
    ],
    requires: [keyReleased(table, columns)],
  }),
  addIndex: ({ table, index }) => ({
    provides: index.unique ? [keyReady(table, index.columns)] : [],
    requires: [nameFree(index.name), ...index.columns.map((column) => columnReady(table, column))],
  }),
  dropIndex: ({ table, index }) => ({
    provides: [nameFree(index.name), ...index.columns.map((column) => columnReleased(table, column))],
    requires: index.unique ? [keyReleased(table, index.columns)] : [],
  }),
  addForeignKey: ({ table, foreignKey }) => ({
    provides: [],
    requires: requiredByForeignKey(table, foreignKey),
  }),
  dropForeignKey: ({ table, foreignKey }) => ({
    provides: providedWithoutForeignKey(table, foreignKey),
    requires: [],
  }),
};

function requiredByForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    tableReady(table),
    tableReady(references.table),
    foreignKeyNameFree(table, name),
    keyReady(references.table, references.columns),
    ...columns.map((column) => columnReady(table, column)),
    ...references.columns.map((column) => columnReady(references.table, column)),
  ];
}

function providedWithoutForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    foreignKeyNameFree(table, name),
    tableReleased(references.table),
    keyReleased(references.table, references.columns),
    ...columns.map((column) => columnReleased(table, column)),
    ...references.columns.map((column) => columnReleased(references.table, column)),
  ];
}

/** A foreign key to the table itself comes and goes with the table. */
function otherForeignKeys(table: TableSnapshot): readonly ForeignKeySnapshot[] {
  return table.foreignKeys.filter(({ references }) => references.table !== table.name);
}

function keysOf({ primaryKey, indexes }: TableSnapshot): readonly (readonly string[])[] {
  const unique: readonly IndexSnapshot[] = indexes.filter((index) => index.unique);
  return [...(primaryKey ? [primaryKey] : []), ...unique].map(({ columns }) => columns);
}

function namesOf({ name, primaryKey, indexes }: TableSnapshot): readonly string[] {
  return [name, ...(primaryKey ? [primaryKey.name] : []), ...indexes.map((index) => index.name)];
}
