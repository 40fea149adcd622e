import { type Operation, type OperationVisitor, visitOperation } from "./operation.js";
import type { Snapshot, TableSnapshot } from "./snapshot.js";

/**
 * The schema after the operations: what the migrations made of them do to a database, done to a snapshot.
 *
 * @example
 * applyOperations(before, diffSnapshots(before, after)); // equals `after`, up to the order of columns
 */
export function applyOperations(before: Snapshot, operations: readonly Operation[]): Snapshot {
  const tables = new Map(before);
  for (const operation of operations) {
    const [name, table] = visitOperation(operation, applierFor(tables));
    if (table) tables.set(name, table);
    else tables.delete(name);
  }
  return tables;
}

/** A table as an operation leaves it; without a table it is gone. */
type Outcome = readonly [name: string, table?: TableSnapshot];

function applierFor(tables: Snapshot): OperationVisitor<Outcome> {
  const edit = (name: string, change: (table: TableSnapshot) => TableSnapshot): Outcome => {
    const table = tables.get(name);
    return table ? [name, change(table)] : [name];
  };
  return {
    createTable: ({ table }) => [table.name, table],
    dropTable: ({ table }) => [table.name],
    addColumn: ({ table, column }) => edit(table, (t) => ({ ...t, columns: [...t.columns, column] })),
    dropColumn: ({ table, column }) => edit(table, (t) => ({ ...t, columns: without(t.columns, column) })),
    alterColumn: ({ table, before, after }) =>
      edit(table, (t) => ({ ...t, columns: t.columns.map((c) => (c.name === before.name ? after : c)) })),
    addPrimaryKey: ({ table, primaryKey }) => edit(table, (t) => ({ ...t, primaryKey })),
    dropPrimaryKey: ({ table }) => edit(table, withoutPrimaryKey),
    addIndex: ({ table, index }) => edit(table, (t) => ({ ...t, indexes: [...t.indexes, index] })),
    dropIndex: ({ table, index }) => edit(table, (t) => ({ ...t, indexes: without(t.indexes, index) })),
    addForeignKey: ({ table, foreignKey }) =>
      edit(table, (t) => ({ ...t, foreignKeys: [...t.foreignKeys, foreignKey] })),
    dropForeignKey: ({ table, foreignKey }) =>
      edit(table, (t) => ({ ...t, foreignKeys: without(t.foreignKeys, foreignKey) })),
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
