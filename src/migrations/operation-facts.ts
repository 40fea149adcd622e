import { enumOf } from "./enum-types.js";
import {
  columnBare,
  columnFilled,
  columnFree,
  columnReady,
  columnReleased,
  columnRequired,
  constraintFree,
  constraintReady,
  enumLeft,
  enumReady,
  enumReleased,
  keyGone,
  keyReady,
  keyReleased,
  nameFree,
  nameFreeBeside,
  primaryKeyGone,
  schemaReady,
  schemaReleased,
  tableReady,
  tableReleased,
  wordReady,
  wordReleased,
} from "./facts.js";
import { hasSameContent } from "./canonical-json.js";
import { findIndexColumns, isFullKey } from "./index-columns.js";
import { type Operation, type OperationOf, type OperationVisitor, visitOperation } from "./operation.js";
import { findSqlNames } from "./sql-words.js";
import type { ColumnSnapshot, ForeignKeySnapshot, TableSnapshot } from "./snapshot.js";
import { isAside } from "./split-rename-circles.js";
import { buildTableKey, parseTableKey } from "./table-key.js";

/** What an operation makes true and what it needs to be true first; see `order.ts` for how facts make an order. */
export interface OperationFacts {
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

export function factsOf(operation: Operation): OperationFacts {
  return visitOperation(operation, facts);
}

const facts: OperationVisitor<OperationFacts> = {
  createSchema: ({ schema }) => ({ provides: [schemaReady(schema)], requires: [] }),
  dropSchema: ({ schema }) => ({ provides: [], requires: [schemaReleased(schema)] }),
  createEnum: ({ type: { name } }) => ({
    provides: [enumReady(name), wordReady(name)],
    requires: inSchema({ ...parseTableKey(name) }, schemaReady),
  }),
  dropEnum: ({ type: { name } }) => ({
    provides: inSchema({ ...parseTableKey(name) }, schemaReleased),
    requires: [enumReleased(name), enumLeft(name), wordReleased(name)],
  }),
  addEnumValues: ({ before: { name } }) => ({ provides: [enumReady(name)], requires: [] }),
  replaceEnum: ({ before: { name }, uses }) => ({
    provides: [enumReady(name), ...uses.map(({ table, column }) => columnReady(table, column.name))],
    requires: [enumReleased(name), ...uses.map(({ table, column }) => columnReleased(table, column.name))],
  }),
  createTable: ({ table }) => {
    const key = buildTableKey(table);
    return {
      provides: [
        tableReady(key),
        wordReady(table.name),
        ...table.columns.flatMap(({ name }) => [columnReady(key, name), wordReady(name)]),
        ...keysOf(table).map((columns) => keyReady(key, columns)),
      ],
      requires: [
        ...inSchema(table, schemaReady),
        ...namesOf(table).map((name) => nameFreeBeside(key, name)),
        ...table.columns.flatMap((column) => enumFacts(column, enumReady)),
        ...foreignKeysToOthers(table).flatMap((foreignKey) => requiredByForeignKey(key, foreignKey)),
      ],
    };
  },
  dropTable: ({ table }) => {
    const key = buildTableKey(table);
    return {
      provides: [
        ...inSchema(table, schemaReleased),
        ...namesOf(table).map((name) => nameFreeBeside(key, name)),
        ...table.columns.flatMap((column) => enumFacts(column, enumReleased)),
        ...foreignKeysToOthers(table).flatMap((foreignKey) => providedWithoutForeignKey(key, foreignKey)),
      ],
      requires: [
        tableReleased(key),
        wordReleased(table.name),
        ...table.columns.map(({ name }) => wordReleased(name)),
      ],
    };
  },
  renameTable: ({ from, to }) => ({
    provides: [
      tableReady(to),
      nameFree(parseTableKey(from)),
      wordReady(parseTableKey(to).name),
      ...inSchema(parseTableKey(from), schemaReleased),
    ],
    requires: [tableReady(from), nameFree(parseTableKey(to)), ...inSchema(parseTableKey(to), schemaReady)],
  }),
  commentTable: ({ table }) => ({ provides: [], requires: [tableReady(table)] }),
  addColumn: ({ table, column }) => ({
    provides: [
      columnReady(table, column.name),
      wordReady(column.name),
      ...(column.nullable ? [] : [columnRequired(table, column.name)]),
    ],
    requires: [
      tableReady(table),
      columnFree(table, column.name),
      ...enumFacts(column, enumReady),
      ...namesIn(column.generatedAs).map((name) => columnReady(table, name)),
    ],
  }),
  dropColumn: ({ table, column }) => ({
    provides: [
      columnFree(table, column.name),
      ...enumFacts(column, enumReleased),
      ...namesIn(column.generatedAs).map((name) => columnReleased(table, name)),
    ],
    requires: [tableReady(table), columnReleased(table, column.name), wordReleased(column.name)],
  }),
  renameColumn: ({ table, from, to }) => ({
    provides: [columnReady(table, to), columnFree(table, from), wordReady(to)],
    requires: [tableReady(table), columnReady(table, from), columnFree(table, to)],
  }),
  alterColumn: (operation) => factsOfAlteration(operation),
  fillColumn: ({ table, column, sql }) => ({
    provides: [columnFilled(table, column), ...othersIn(sql, table, column)],
    requires: [tableReady(table), columnReady(table, column)],
  }),
  addPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [keyReady(table, columns), constraintReady(table, name)],
    requires: [
      tableReady(table),
      primaryKeyGone(table),
      nameFreeBeside(table, name),
      keyReleased(table, columns),
      ...columns.flatMap((column) => [columnReady(table, column), columnRequired(table, column)]),
    ],
  }),
  dropPrimaryKey: ({ table, primaryKey: { name, columns } }) => ({
    provides: [
      primaryKeyGone(table),
      keyGone(table, columns),
      nameFreeBeside(table, name),
      ...columns.map((column) => columnReleased(table, column)),
    ],
    requires: [tableReady(table), keyReleased(table, columns)],
  }),
  addIndex: ({ table, index }) => ({
    provides: [
      constraintReady(table, index.name),
      ...(isFullKey(index) ? [keyReady(table, index.columns)] : []),
    ],
    requires: [
      tableReady(table),
      nameFreeBeside(table, index.name),
      ...(isFullKey(index) ? [keyReleased(table, index.columns)] : []),
      ...findIndexColumns(index).map((column) => columnReady(table, column)),
    ],
  }),
  dropIndex: ({ table, index }) => ({
    provides: [
      ...(isFullKey(index) ? [keyGone(table, index.columns)] : []),
      nameFreeBeside(table, index.name),
      ...findIndexColumns(index).map((column) => columnReleased(table, column)),
    ],
    requires: [tableReady(table), ...(isFullKey(index) ? [keyReleased(table, index.columns)] : [])],
  }),
  addForeignKey: ({ table, foreignKey }) => ({
    provides: [constraintReady(table, foreignKey.name)],
    requires: [...requiredByForeignKey(table, foreignKey)],
  }),
  dropForeignKey: ({ table, foreignKey }) => ({
    provides: providedWithoutForeignKey(table, foreignKey),
    requires: [tableReady(table)],
  }),
  addCheck: ({ table, check }) => ({
    provides: [constraintReady(table, check.name)],
    requires: [
      tableReady(table),
      constraintFree(table, check.name),
      ...namesIn(check.sql).map((name) => columnReady(table, name)),
    ],
  }),
  dropCheck: ({ table, check }) => ({
    provides: [
      constraintFree(table, check.name),
      ...namesIn(check.sql).map((name) => columnReleased(table, name)),
    ],
    requires: [tableReady(table)],
  }),
  renameConstraint: ({ table, renamed: { kind, from, to } }) => {
    const free = kind === "check" || kind === "foreignKey" ? constraintFree : nameFreeBeside;
    return {
      provides: [constraintReady(table, to), ...(isAside(from) ? [] : [free(table, from)])],
      requires: [tableReady(table), constraintReady(table, from), free(table, to)],
    };
  },
  addStatement: ({ table, statement }) => ({
    provides: [],
    requires: [tableReady(table), ...namesIn(statement.up).map(wordReady)],
  }),
  dropStatement: ({ table, statement }) => ({
    provides: [...namesIn(statement.up), parseTableKey(table).name].map(wordReleased),
    requires: [tableReady(table)],
  }),
};

/** A change of type needs the column to itself, and so does one that lets rows be without a value: keys forbid it. */
function factsOfAlteration({ table, before, after, using }: OperationOf<"alterColumn">): OperationFacts {
  const column = after.name;
  const isRetyped = !hasSameContent([before.type, before.generatedAs], [after.type, after.generatedAs]);
  const losesDefault = isDefaultDropped(before, after);
  const isRequired = before.nullable && !after.nullable;
  const isLoosened = !before.nullable && after.nullable;
  return {
    provides: [
      ...(isRetyped ? [columnReady(table, column), ...enumFacts(before, enumLeft)] : []),
      ...(isRequired ? [columnRequired(table, column)] : []),
      ...(losesDefault ? [columnBare(table, column)] : []),
      ...(losesDefault || !enumOf(after.type) ? enumFacts(before, enumReleased) : []),
      ...namesIn(before.generatedAs).map((name) => columnReleased(table, name)),
      ...(using === undefined ? [] : othersIn(using, table, column)),
    ],
    requires: [
      tableReady(table),
      ...(isRetyped ? [columnBare(table, column)] : []),
      ...(isRetyped || losesDefault ? [] : [columnReady(table, column)]),
      ...(isRetyped || isLoosened ? [columnReleased(table, column)] : []),
      ...(isRequired ? [columnFilled(table, column)] : []),
      ...(losesDefault ? [] : enumFacts(after, enumReady)),
    ],
  };
}

/** Does nothing change but that the default goes? */
function isDefaultDropped({ default: old, ...before }: ColumnSnapshot, after: ColumnSnapshot): boolean {
  return old !== undefined && hasSameContent(before, after);
}

/** SQL that is worked out over the rows uses the other columns as they were. */
function othersIn(sql: string, table: string, column: string): readonly string[] {
  return namesIn(sql)
    .filter((name) => name !== column)
    .map((name) => columnReleased(table, name));
}

function enumFacts({ type }: ColumnSnapshot, fact: (name: string) => string): readonly string[] {
  const used = enumOf(type);
  return used ? [fact(used.name)] : [];
}

function inSchema({ schema }: { readonly schema?: string }, fact: (schema: string) => string) {
  return schema === undefined ? [] : [fact(schema)];
}

function namesIn(sql: string | undefined): readonly string[] {
  return sql === undefined ? [] : [...findSqlNames(sql)];
}

function requiredByForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    tableReady(table),
    tableReady(references.table),
    constraintFree(table, name),
    keyGone(references.table, references.columns),
    keyReady(references.table, references.columns),
    ...columns.map((column) => columnReady(table, column)),
    ...references.columns.map((column) => columnReady(references.table, column)),
  ];
}

function providedWithoutForeignKey(table: string, { name, columns, references }: ForeignKeySnapshot) {
  return [
    constraintFree(table, name),
    tableReleased(references.table),
    keyReleased(references.table, references.columns),
    ...columns.map((column) => columnReleased(table, column)),
    ...references.columns.map((column) => columnReleased(references.table, column)),
  ];
}

/** A foreign key to the table itself comes and goes with the table. */
function foreignKeysToOthers(table: TableSnapshot): readonly ForeignKeySnapshot[] {
  return table.foreignKeys.filter(({ references }) => references.table !== buildTableKey(table));
}

function keysOf({ primaryKey, indexes }: TableSnapshot): readonly (readonly string[])[] {
  return [
    ...(primaryKey ? [primaryKey.columns] : []),
    ...indexes.filter(isFullKey).map(({ columns }) => columns),
  ];
}

function namesOf({ name, primaryKey, indexes }: TableSnapshot): readonly string[] {
  return [name, ...(primaryKey ? [primaryKey.name] : []), ...indexes.map((index) => index.name)];
}
