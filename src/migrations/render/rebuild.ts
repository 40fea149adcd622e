/**
 * SQLite alters most of a table only by making a new one: created beside the old one, filled from it, put in its place
 * and given its name. Knex does that by itself for most changes of a plain table; what it cannot, or would lose, is
 * written out here.
 *
 * Either way the old table is dropped while others refer to it, and with its foreign keys enforced SQLite would delete
 * or change the rows that do. Enforcement cannot be switched inside a transaction, so such a migration opens its own
 * with enforcement off; Knex looks for broken references before it commits (`sqlite-rebuild.ts.ejs`).
 *
 * Triggers go with the old table, and a view that reads it lets no table be renamed: what the project's own statements
 * made is taken back before and made again after. Not so tables that they made: these would lose their rows.
 */
import { isFilled } from "../expand-operations.js";
import {
  type Operation,
  type OperationKind,
  type OperationOf,
  type OperationVisitor,
  visitOperation,
} from "../operation.js";
import { addDependents } from "../diff-statements.js";
import { leavesRows } from "../made-by-statement.js";
import { isNamedIn } from "../sql-words.js";
import type {
  ColumnSnapshot,
  IndexSnapshot,
  Snapshot,
  StatementSnapshot,
  TableSnapshot,
} from "../snapshot.js";
import { hasChangedCheck } from "./check.js";
import type { Direction } from "./context.js";
import { buildColumnChange } from "./column-change.js";
import { renderWhereEmpty } from "./guard.js";
import { renderKept } from "./kept-values.js";
import { isNumbered, isOnlyKeyColumn } from "./numbered-key.js";
import { isPlainIndex, isPlainKey, isPlainTable } from "./plain.js";
import { buildTableKey } from "../table-key.js";
import { quote } from "./source.js";
import { buildIndex } from "./sql/constraint.js";
import { isPlainToKnex, quoteName } from "./sql/names.js";
import { type Step, line, raw, statement } from "./step.js";
import { renderCreateTable, renderIndex } from "./table.js";

/** Is the table made anew, by Knex or by statements of ours? */
export function isRebuilding(operation: Operation): boolean {
  return visitOperation(operation, rebuilding);
}

const rebuilding: OperationVisitor<boolean> = {
  createSchema: () => false,
  dropSchema: () => false,
  createEnum: () => false,
  dropEnum: () => false,
  addEnumValues: () => false,
  replaceEnum: () => false,
  createTable: () => false,
  dropTable: () => false,
  renameTable: () => false,
  commentTable: () => false,
  addColumn: ({ column }) => !canBeAdded(column),
  dropColumn: () => true,
  renameColumn: () => false,
  alterColumn: () => true,
  fillColumn: () => false,
  addPrimaryKey: () => true,
  dropPrimaryKey: () => true,
  addIndex: ({ index }) => index.constraint === true,
  dropIndex: ({ index }) => index.constraint === true,
  addForeignKey: () => true,
  dropForeignKey: () => true,
  addCheck: () => true,
  dropCheck: () => true,
  renameConstraint: ({ renamed: { kind } }) => kind !== "index" && kind !== "sequence",
  addStatement: () => false,
  dropStatement: () => false,
};

/** SQLite adds a column only where it knows the value for the rows that are there without working one out for each. */
function canBeAdded(column: ColumnSnapshot): boolean {
  const { default: given, generatedAs, virtual, nullable } = column;
  if (generatedAs !== undefined) return virtual === true && nullable;
  const isFixed = given === undefined || given.kind === "value";
  return isFixed && isFilled(column);
}

/** What Knex does by itself, on a table where it loses nothing. */
const knownToKnex: readonly OperationKind[] = [
  "addColumn",
  "dropColumn",
  "alterColumn",
  "addForeignKey",
  "dropForeignKey",
];

/** Is this something that Knex does not do on SQLite, or not well? */
export function needsOwnRebuild(operation: Operation, schema: Snapshot): boolean {
  if (!isRebuilding(operation)) return false;
  if (!knownToKnex.includes(operation.kind) || operation.kind === "addColumn") return true;
  if (operation.kind === "alterColumn" && !isKnownAlteration(operation)) return true;
  return (
    "table" in operation && typeof operation.table === "string" && !isKeptByKnex(operation.table, schema)
  );
}

function isKnownAlteration({ before, after, using }: OperationOf<"alterColumn">): boolean {
  const isNumberedOtherwise = isNumbered(before) !== isNumbered(after);
  return (
    using === undefined &&
    !isNumberedOtherwise &&
    !hasChangedCheck(before, after, "sqlite") &&
    [before, after].every(isKeptColumn)
  );
}

/** Knex reads the table's SQL with patterns of its own, which stumble over expressions and odd names. */
function isKeptByKnex(key: string, schema: Snapshot): boolean {
  const table = schema.get(key);
  return (
    table !== undefined &&
    isPlainTable(table, "sqlite") &&
    table.checks === undefined &&
    table.columns.every(isKeptColumn) &&
    table.indexes.every((index) => isPlainIndex(index, "sqlite")) &&
    findStatements(table, schema).length === 0
  );
}

function isKeptColumn({ default: given, generatedAs, type }: ColumnSnapshot): boolean {
  return given?.kind !== "sql" && generatedAs === undefined && type.databaseType === undefined;
}

export interface Rebuild {
  readonly before: TableSnapshot;
  readonly after: TableSnapshot;
  /** The operations that make the one of the other. */
  readonly operations: readonly Operation[];
  /** All tables as they are before. */
  readonly schema: Snapshot;
  readonly direction: Direction;
}

/** The steps that make a table anew and keep its rows. */
export function renderRebuild(rebuild: Rebuild): readonly Step[] {
  const { before, after, schema } = rebuild;
  const name = after.name;
  const temporary = `${name}_rebuilt`;
  const statements = findStatements(before, schema);
  return [
    ...renderGuards(rebuild),
    ...[...statements].reverse().map(({ down }) => raw(down, "sqlite")),
    renderNewTable(rebuild, temporary),
    ...renderCopy(rebuild, temporary),
    ...renderReplacement(name, temporary),
    ...after.indexes
      .filter(({ constraint }) => !constraint)
      .map((index) => renderIndexOf(buildTableKey(after), index)),
    ...statements.map(({ up }) => raw(up, "sqlite")),
  ];
}

function renderGuards({ before, operations, direction }: Rebuild): readonly Step[] {
  if (direction === "up") return [];
  return operations.flatMap((operation) =>
    operation.kind === "alterColumn" && before.columns.some(({ name }) => name === operation.before.name)
      ? renderKept(buildColumnChange(operation, "sqlite"))
      : [],
  );
}

/** The statements that may name the table, or a view that goes with it. */
function findStatements(table: TableSnapshot, schema: Snapshot): readonly StatementSnapshot[] {
  const all = [...schema.values()].flatMap(({ name, statements = [] }) =>
    statements
      .filter(({ up }) => !leavesRows(up))
      .map((each) => ({ each, isOwn: name === table.name || isNamedIn(each.up, table.name) })),
  );
  const statements = all.map(({ each }) => each);
  const gone = addDependents(
    all.filter(({ isOwn }) => isOwn).map(({ each }) => each),
    statements,
  );
  return statements.filter((each) => gone.has(each));
}

function renderNewTable({ before, after, operations, direction }: Rebuild, temporary: string): Step {
  const known = before.columns.map(({ name }) => name);
  const comebacks = after.columns
    .filter((column) => !isFilled(column) && !known.includes(column.name))
    .map(({ name }) => name);
  const indexes = after.indexes.filter(({ constraint }) => constraint);
  const table = { ...after, indexes, columns: after.columns.map((column) => numberOnlyKey(after, column)) };
  const isLost = direction === "down" && comebacks.length > 0 && operations.length > 0;
  const create = renderCreateTable({ table, database: "sqlite", ...(isLost && { comebacks }) }, temporary);
  if (!isLost) return statement(create);
  const names = comebacks.map((name) => `"${name}"`).join(" and ");
  const why = `What ${names} held is gone: where there are rows, it comes back without NOT NULL.`;
  return renderWhereEmpty({ table: buildTableKey(before), why }, [`await ${create};`], "sqlite");
}

/** While the key is gone, or another, the column is an integer like others. */
function numberOnlyKey(table: TableSnapshot, column: ColumnSnapshot) {
  if (!isNumbered(column) || isOnlyKeyColumn(table, column)) return column;
  const { default: _, ...plain } = column;
  return plain;
}

function renderCopy({ before, after, operations }: Rebuild, temporary: string): readonly Step[] {
  const known = new Set(before.columns.map(({ name }) => name));
  const given = after.columns.filter(({ generatedAs }) => generatedAs === undefined).map(({ name }) => name);
  const names = [...known].filter((name) => given.includes(name));
  const copied = [...names, ...given.filter((name) => !known.has(name))].flatMap((name) => {
    const value = findValue(name, known.has(name), operations);
    return value === undefined ? [] : [{ name, value }];
  });
  if (copied.length === 0) return [];
  const columns = copied.map(({ name }) => quoteName(name)).join(", ");
  const values = copied.map(({ value }) => value).join(", ");
  const copy = `insert into ${quoteName(temporary)} (${columns}) select ${values} from ${quoteName(before.name)}`;
  return [raw(copy, "sqlite")];
}

/** The old value, or what alterations and fills make of it; undefined where the column's default does. */
function findValue(column: string, isKnown: boolean, operations: readonly Operation[]): string | undefined {
  return operations.reduce<string | undefined>(
    (value, operation) => {
      if (operation.kind === "alterColumn" && operation.after.name === column)
        return operation.using ?? value;
      if (operation.kind !== "fillColumn" || operation.column !== column) return value;
      return value === undefined ? operation.sql : `coalesce(${value}, ${operation.sql})`;
    },
    isKnown ? quoteName(column) : undefined,
  );
}

function renderReplacement(name: string, temporary: string): readonly Step[] {
  if (!isPlainToKnex(name)) {
    const rename = `alter table ${quoteName(temporary)} rename to ${quoteName(name)}`;
    return [`drop table ${quoteName(name)}`, rename].map((sql) => raw(sql, "sqlite"));
  }
  return [
    statement(`knex.schema.dropTable(${quote(name)})`),
    statement(`knex.schema.renameTable(${quote(temporary)}, ${quote(name)})`),
  ];
}

function renderIndexOf(table: string, index: IndexSnapshot): Step {
  return isPlainKey(table) && isPlainIndex(index, "sqlite")
    ? line(table, "rest", renderIndex(index))
    : raw(buildIndex(table, index), "sqlite");
}
