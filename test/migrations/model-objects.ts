import { hasSameContent } from "../../src/migrations/canonical-json.js";
import { isHeldAlike } from "../../src/migrations/disturbance.js";
import { type FullKey, isFullKey } from "../../src/migrations/index-columns.js";
import type { Operation, RenamedConstraint } from "../../src/migrations/operation.js";
import type {
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";
import { buildTableKey } from "../../src/migrations/table-key.js";
import { findNames, type ModelState } from "./model-database.js";

/** Why a database refuses a change of a table's keys, indexes, checks and statements; undefined where it takes it. */
export function refuseObjectChange(
  state: ModelState,
  table: TableSnapshot,
  operation: Operation,
): string | undefined {
  switch (operation.kind) {
    case "addPrimaryKey":
      if (table.primaryKey) return "the table has a primary key";
      if (operation.primaryKey.columns.some((column) => isNullable(table, column)))
        return "the key may be null";
      return refuseName(state, table, operation.primaryKey.name);
    case "dropPrimaryKey":
      if (!hasSameContent(table.primaryKey, operation.primaryKey)) return "the primary key is another";
      return refuseLostKey(state, table, operation.primaryKey);
    case "addIndex":
      return refuseAddIndex(state, table, operation.index);
    case "dropIndex":
      if (!isThere(table.indexes, operation.index)) return "the index is another";
      return isFullKey(operation.index) ? refuseLostKey(state, table, operation.index) : undefined;
    case "addForeignKey":
      return refuseForeignKey(state, table, operation.foreignKey);
    case "dropForeignKey":
      return isThere(table.foreignKeys, operation.foreignKey) ? undefined : "the foreign key is another";
    case "addCheck":
      return refuseCheck(table, operation.check);
    case "dropCheck":
      return isThere(table.checks ?? [], operation.check) ? undefined : "the check is another";
    case "renameConstraint":
      return refuseRename(state, table, operation.renamed);
    case "dropStatement":
      return isThere(table.statements ?? [], operation.statement) ? undefined : "the statement is another";
    default:
      return undefined;
  }
}

function isThere<Item extends { readonly name: string }>(items: readonly Item[], wanted: Item): boolean {
  return items.some((item) => hasSameContent(item, wanted));
}

function isNullable({ columns }: TableSnapshot, wanted: string): boolean {
  return columns.find(({ name }) => name === wanted)?.nullable ?? true;
}

function refuseName(state: ModelState, table: TableSnapshot, name: string): string | undefined {
  return findNames(state, table).has(name) ? "the name is taken" : undefined;
}

/** A database may have picked this key for any foreign key to its columns that came after it. */
function refuseLostKey(
  state: ModelState,
  table: TableSnapshot,
  { name, columns }: PrimaryKeySnapshot | FullKey,
): string | undefined {
  const key = buildTableKey(table);
  const isUsed = [...state.tables.values()]
    .flatMap(({ foreignKeys }) => foreignKeys)
    .filter(
      (foreignKey) => state.reliers.get(name)?.some((other) => hasSameContent(other, foreignKey)) ?? true,
    )
    .some(({ references }) => references.table === key && isSameSet(references.columns, columns));
  return isUsed ? "a foreign key relies on the key" : undefined;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return hasSameContent([...one].sort(), [...other].sort());
}

function refuseAddIndex(state: ModelState, table: TableSnapshot, index: IndexSnapshot): string | undefined {
  const quoted = [
    ...index.columns.map((column) => (typeof column === "string" ? `"${column}"` : column.sql)),
    index.where ?? "",
    ...(index.include ?? []).map((column) => `"${column}"`),
  ].join(" ");
  if (!areThere(table, quoted)) return "a column of the index is missing";
  return refuseName(state, table, index.name);
}

/** The SQL of the tests quotes every column. */
function areThere({ columns }: TableSnapshot, sql: string): boolean {
  const names = [...sql.replaceAll(/'(?:[^']|'')*'/g, "").matchAll(/"([^"]+)"/g)].flatMap(
    ([, name = ""]) => name,
  );
  return names.every((wanted) => columns.some(({ name }) => name === wanted));
}

function refuseForeignKey(
  { tables }: ModelState,
  table: TableSnapshot,
  { name, columns, references }: ForeignKeySnapshot,
): string | undefined {
  if ([...table.foreignKeys, ...(table.checks ?? [])].some((other) => other.name === name)) {
    return "the name is taken";
  }
  const destination = tables.get(references.table);
  if (!destination) return "the table referred to is missing";
  const { primaryKey, indexes } = destination;
  const keys = [...(primaryKey ? [primaryKey] : []), ...indexes.filter(isFullKey)];
  if (!keys.some((key) => isSameSet(key.columns, references.columns))) return "there is no such key";
  const isMatching = columns.every((column, position) => {
    const own = table.columns.find((other) => other.name === column);
    const other = destination.columns.find((found) => found.name === references.columns[position]);
    return own && other && isHeldAlike(own.type, other.type);
  });
  return isMatching ? undefined : "the columns of the foreign key do not match";
}

function refuseCheck(
  table: TableSnapshot,
  check: { readonly name: string; readonly sql: string },
): string | undefined {
  if ([...table.foreignKeys, ...(table.checks ?? [])].some(({ name }) => name === check.name)) {
    return "the name is taken";
  }
  return areThere(table, check.sql) ? undefined : "a column of the check is missing";
}

/** Sequences, and the checks of enums, are in no snapshot. */
function refuseRename(
  state: ModelState,
  table: TableSnapshot,
  { kind, from, to }: RenamedConstraint,
): string | undefined {
  if (kind === "primaryKey" && table.primaryKey?.name !== from) return "the primary key is another";
  if (kind === "index" && !table.indexes.some(({ name }) => name === from)) return "the index is missing";
  if (kind === "foreignKey" && !table.foreignKeys.some(({ name }) => name === from)) {
    return "the foreign key is missing";
  }
  return kind === "primaryKey" || kind === "index" ? refuseName(state, table, to) : undefined;
}
