import { findDisturbedForeignKeys } from "./disturbed-foreign-keys.js";
import type { Operation } from "./operation.js";
import { orderOperations } from "./order.js";
import { hasSameContent } from "./canonical-json.js";
import { type Renames, noRenames } from "./renames.js";
import type { Snapshot, TableSnapshot } from "./snapshot.js";

/**
 * The operations that make `after` of `before`, in an order in which a database takes them.
 *
 * @example
 * diffSnapshots(new Map(), new Map([["users", users]])); // [{ kind: "createTable", table: users }]
 */
export function diffSnapshots(
  before: Snapshot,
  after: Snapshot,
  _renames: Renames = noRenames,
): readonly Operation[] {
  const tables = sortByName(after);
  const created = tables.filter(({ name }) => !before.has(name));
  const dropped = sortByName(before).filter(({ name }) => !after.has(name));
  const disturbed = tables.flatMap((table) => findDisturbedForeignKeys(table, before, after));
  return orderOperations([
    ...disturbed.map(({ table, foreignKey }): Operation => ({ kind: "dropForeignKey", table, foreignKey })),
    ...tables.flatMap((table) => diffKeptTable(before.get(table.name), table)),
    ...created.map((table): Operation => ({ kind: "createTable", table })),
    ...disturbed.map(({ table, foreignKey }): Operation => ({ kind: "addForeignKey", table, foreignKey })),
    ...dropped.map((table): Operation => ({ kind: "dropTable", table })),
  ]);
}

/** The migration does not depend on the order in which the tables were found. */
function sortByName(snapshot: Snapshot): readonly TableSnapshot[] {
  return [...snapshot.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What holds a column goes before the column is touched, and comes back after it. */
function diffKeptTable(before: TableSnapshot | undefined, after: TableSnapshot): readonly Operation[] {
  if (!before) return [];
  const foreignKeys = diffForeignKeys(before, after);
  const indexes = diffIndexes(before, after);
  const primaryKey = diffPrimaryKey(before, after);
  const columns = diffColumns(before, after);
  return [
    ...foreignKeys.dropped,
    ...indexes.dropped,
    ...primaryKey.dropped,
    ...columns,
    ...primaryKey.added,
    ...indexes.added,
    ...foreignKeys.added,
  ];
}

interface DroppedAndAdded {
  readonly dropped: readonly Operation[];
  readonly added: readonly Operation[];
}

function diffColumns(before: TableSnapshot, after: TableSnapshot): readonly Operation[] {
  const table = after.name;
  const { onlyBefore, onlyAfter, changed } = compareByName(before.columns, after.columns);
  return [
    ...onlyAfter.map((column): Operation => ({ kind: "addColumn", table, column })),
    ...changed.map(([old, column]): Operation => ({
      kind: "alterColumn",
      table,
      before: old,
      after: column,
    })),
    ...onlyBefore.map((column): Operation => ({ kind: "dropColumn", table, column })),
  ];
}

function diffPrimaryKey(before: TableSnapshot, after: TableSnapshot): DroppedAndAdded {
  const table = after.name;
  if (hasSameContent(before.primaryKey, after.primaryKey)) return { dropped: [], added: [] };
  return {
    dropped: before.primaryKey ? [{ kind: "dropPrimaryKey", table, primaryKey: before.primaryKey }] : [],
    added: after.primaryKey ? [{ kind: "addPrimaryKey", table, primaryKey: after.primaryKey }] : [],
  };
}

function diffIndexes(before: TableSnapshot, after: TableSnapshot): DroppedAndAdded {
  const table = after.name;
  const { gone, fresh } = replaceChanged(before.indexes, after.indexes);
  return {
    dropped: gone.map((index) => ({ kind: "dropIndex", table, index })),
    added: fresh.map((index) => ({ kind: "addIndex", table, index })),
  };
}

function diffForeignKeys(before: TableSnapshot, after: TableSnapshot): DroppedAndAdded {
  const table = after.name;
  const { gone, fresh } = replaceChanged(before.foreignKeys, after.foreignKeys);
  return {
    dropped: gone.map((foreignKey) => ({ kind: "dropForeignKey", table, foreignKey })),
    added: fresh.map((foreignKey) => ({ kind: "addForeignKey", table, foreignKey })),
  };
}

interface Named {
  readonly name: string;
}

/** An index or foreign key cannot be altered, so a changed one is dropped and added. */
function replaceChanged<Item extends Named>(before: readonly Item[], after: readonly Item[]) {
  const { onlyBefore, onlyAfter, changed } = compareByName(before, after);
  return {
    gone: [...onlyBefore, ...changed.map(([old]) => old)],
    fresh: [...onlyAfter, ...changed.map(([, item]) => item)],
  };
}

function compareByName<Item extends Named>(before: readonly Item[], after: readonly Item[]) {
  const beforeByName = new Map(before.map((item) => [item.name, item]));
  const afterNames = new Set(after.map(({ name }) => name));
  return {
    onlyBefore: before.filter(({ name }) => !afterNames.has(name)),
    onlyAfter: after.filter(({ name }) => !beforeByName.has(name)),
    changed: after.flatMap((item): readonly (readonly [Item, Item])[] => {
      const old = beforeByName.get(item.name);
      return old && !hasSameContent(old, item) ? [[old, item]] : [];
    }),
  };
}
