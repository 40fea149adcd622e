import { type MutableSnapshot, renameColumnIn, renameTableIn } from "./apply-rename.js";
import { withEnumInTable } from "./enum-types.js";
import { sortByName } from "./match-named.js";
import {
  type EnumSnapshot,
  type Operation,
  type OperationVisitor,
  type RenamedConstraint,
  visitOperation,
} from "./operation.js";
import type { CheckSnapshot, Snapshot, StatementSnapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/**
 * The schema after the operations: what the migrations made of them do to a database, done to a snapshot.
 *
 * @example
 * applyOperations(before, diffSnapshots(before, after)); // equals `after`, up to the order of columns and statements
 */
export function applyOperations(before: Snapshot, operations: readonly Operation[]): Snapshot {
  const tables = new Map(before);
  for (const operation of operations) applyOperationTo(tables, operation);
  return tables;
}

/** Carries one operation out on the tables that are given. */
export function applyOperationTo(tables: MutableSnapshot, operation: Operation): void {
  visitOperation(operation, applierFor(tables));
}

function applierFor(tables: MutableSnapshot): OperationVisitor<void> {
  const edit = (key: string, change: (table: TableSnapshot) => TableSnapshot): void => {
    const table = tables.get(key);
    if (table) tables.set(key, change(table));
  };
  const setEnum = (type: EnumSnapshot): void => {
    for (const [key, table] of tables) tables.set(key, withEnumInTable(table, type));
  };
  return {
    createSchema: () => undefined,
    dropSchema: () => undefined,
    createEnum: () => undefined,
    dropEnum: () => undefined,
    addEnumValues: ({ after }) => setEnum(after),
    replaceEnum: ({ after }) => setEnum(after),
    createTable: ({ table }) => void tables.set(buildTableKey(table), table),
    dropTable: ({ table }) => void tables.delete(buildTableKey(table)),
    renameTable: ({ from, to }) => renameTableIn(tables, from, to),
    commentTable: ({ table, after }) => edit(table, (t) => withComment(t, after)),
    addColumn: ({ table, column }) => edit(table, (t) => ({ ...t, columns: [...t.columns, column] })),
    dropColumn: ({ table, column }) => edit(table, (t) => ({ ...t, columns: without(t.columns, column) })),
    renameColumn: (rename) => renameColumnIn(tables, rename),
    alterColumn: ({ table, before, after }) =>
      edit(table, (t) => ({ ...t, columns: t.columns.map((c) => (c.name === before.name ? after : c)) })),
    fillColumn: () => undefined,
    addPrimaryKey: ({ table, primaryKey }) => edit(table, (t) => ({ ...t, primaryKey })),
    dropPrimaryKey: ({ table }) => edit(table, withoutPrimaryKey),
    addIndex: ({ table, index }) => edit(table, (t) => ({ ...t, indexes: [...t.indexes, index] })),
    dropIndex: ({ table, index }) => edit(table, (t) => ({ ...t, indexes: without(t.indexes, index) })),
    addForeignKey: ({ table, foreignKey }) =>
      edit(table, (t) => ({ ...t, foreignKeys: [...t.foreignKeys, foreignKey] })),
    dropForeignKey: ({ table, foreignKey }) =>
      edit(table, (t) => ({ ...t, foreignKeys: without(t.foreignKeys, foreignKey) })),
    addCheck: ({ table, check }) => edit(table, (t) => withChecks(t, [...(t.checks ?? []), check])),
    dropCheck: ({ table, check }) => edit(table, (t) => withChecks(t, without(t.checks ?? [], check))),
    renameConstraint: ({ table, renamed }) => edit(table, (t) => withRenamed(t, renamed)),
    addStatement: ({ table, statement }) =>
      edit(table, (t) => withStatements(t, [...(t.statements ?? []), statement])),
    dropStatement: ({ table, statement }) =>
      edit(table, (t) => withStatements(t, without(t.statements ?? [], statement))),
  };
}

interface Named {
  readonly name: string;
}

function without<Item extends Named>(items: readonly Item[], gone: Named): readonly Item[] {
  return items.filter(({ name }) => name !== gone.name);
}

function withoutPrimaryKey({ primaryKey: _, ...table }: TableSnapshot): TableSnapshot {
  return table;
}

function withComment({ comment: _, ...table }: TableSnapshot, comment: string | undefined): TableSnapshot {
  return comment === undefined ? table : { ...table, comment };
}

/** Sorted by name, and absent where there are none. */
function withChecks({ checks: _, ...table }: TableSnapshot, checks: readonly CheckSnapshot[]): TableSnapshot {
  if (checks.length === 0) return table;
  return { ...table, checks: sortByName(checks) };
}

function withStatements(
  { statements: _, ...table }: TableSnapshot,
  statements: readonly StatementSnapshot[],
): TableSnapshot {
  return statements.length === 0 ? table : { ...table, statements };
}

/** The check of an enum and the sequence of a number follow from the column: no list holds them. */
function withRenamed(table: TableSnapshot, { kind, from, to }: RenamedConstraint): TableSnapshot {
  const rename = <Item extends Named>(item: Item): Item =>
    item.name === from ? { ...item, name: to } : item;
  if (kind === "index") return { ...table, indexes: table.indexes.map(rename) };
  if (kind === "foreignKey") return { ...table, foreignKeys: table.foreignKeys.map(rename) };
  if (kind === "check" && table.checks) return withChecks(table, table.checks.map(rename));
  if (kind === "primaryKey" && table.primaryKey) return { ...table, primaryKey: rename(table.primaryKey) };
  return table;
}
