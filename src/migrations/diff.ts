import { applyOperations } from "./apply.js";
import { diffEnums } from "./diff-enums.js";
import { diffForeignKeys, diffTable } from "./diff-table.js";
import { findDisturbance } from "./disturbance.js";
import { hasSameContent } from "./canonical-json.js";
import { isFullKey } from "./index-columns.js";
import type { Operation } from "./operation.js";
import { orderOperations } from "./order.js";
import { findRenameOperations } from "./rename-operations.js";
import { type Renames, noRenames } from "./renames.js";
import { settleOperations } from "./settle-operations.js";
import type { ForeignKeySnapshot, Snapshot, TableSnapshot } from "./snapshot.js";
import { diffSchemas } from "./diff-schemas.js";
import { addStatements, dropStatements } from "./diff-statements.js";

/**
 * The operations that make `after` of `before`, in an order in which a database takes them. Renames are carried out
 * first; what carries their names follows, and the rest is compared as it is then.
 *
 * @param renames those that are spent, because the schema before already went through them, are ignored
 * @example
 * diffSnapshots(new Map(), new Map([["users", users]])); // [{ kind: "createTable", table: users }]
 */
export function diffSnapshots(
  before: Snapshot,
  after: Snapshot,
  renames: Renames = noRenames,
): readonly Operation[] {
  const { first, middle, last } = diffInStages(before, after, renames);
  return settleOperations(before, [...first, ...orderOperations(middle), ...last]);
}

/** The operations between two schemas before they are ordered and settled. */
export interface DiffStages {
  /** In order: statements that go, schemas that come, renames. */
  readonly first: readonly Operation[];
  /** The schema after the first ones: what the others start from. */
  readonly start: Snapshot;
  /** Yet without an order. */
  readonly middle: readonly Operation[];
  readonly last: readonly Operation[];
}

/** The operations between two schemas, for those who have more to do with them before they are ordered. */
export function diffInStages(before: Snapshot, after: Snapshot, renames: Renames): DiffStages {
  const renaming = findRenameOperations(before, after, renames);
  const statements = dropStatements(before, after, renaming);
  const schemas = diffSchemas(before, after);
  const first = [...statements, ...schemas.created, ...renaming];
  const start = applyOperations(before, first);
  return { first, start, middle: diffTables(start, after), last: schemas.dropped };
}

/** The migration does not depend on the order in which the tables were found. */
function sortByKey(snapshot: Snapshot): readonly (readonly [string, TableSnapshot])[] {
  return [...snapshot].sort(([a], [b]) => (a < b ? -1 : 1));
}

function diffTables(before: Snapshot, after: Snapshot): readonly Operation[] {
  const tables = sortByKey(after);
  const created = tables.flatMap(([key, table]) => (before.has(key) ? [] : [table]));
  const dropped = sortByKey(before).flatMap(([key, table]) => (after.has(key) ? [] : [table]));
  const enums = diffEnums(before, after);
  return [
    ...enums.operations,
    ...diffKeptTables(before, tables, enums.replaced),
    ...created.map((table): Operation => ({ kind: "createTable", table: withoutStatements(table) })),
    ...addStatements(before, tables),
    ...dropped.map((table): Operation => ({ kind: "dropTable", table })),
  ];
}

/** Statements are operations of their own, since they may need other tables than theirs. */
function withoutStatements({ statements: _, ...table }: TableSnapshot): TableSnapshot {
  return table;
}

type EnumsByName = Parameters<typeof diffTable>[0]["replacedEnums"];

function diffKeptTables(
  before: Snapshot,
  tables: readonly (readonly [string, TableSnapshot])[],
  replacedEnums: EnumsByName,
): readonly Operation[] {
  const kept = tables.flatMap(([table, after]) => {
    const old = before.get(table);
    return old ? [{ table, before: old, after }] : [];
  });
  const disturbance = findDisturbance(before, new Map(tables), new Set(replacedEnums.keys()));
  const changes = kept.map((pair) => diffTable({ ...pair, disturbance, replacedEnums }));
  const lost = findLostKeys(changes.flat());
  return kept.flatMap((pair, position) => {
    const foreignKeys = diffForeignKeys(
      pair.table,
      [pair.before, pair.after],
      (key) => disturbance.disturbsForeignKey(pair.table, key) || losesKey(key, lost),
    );
    return [
      ...foreignKeys.dropped,
      ...foreignKeys.renamed,
      ...(changes[position] ?? []),
      ...foreignKeys.added,
    ];
  });
}

interface LostKey {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The keys that foreign keys may rely on and that go, even if they come back. */
function findLostKeys(operations: readonly Operation[]): readonly LostKey[] {
  return operations.flatMap((operation): readonly LostKey[] => {
    if (operation.kind === "dropPrimaryKey") {
      return [{ table: operation.table, columns: operation.primaryKey.columns }];
    }
    if (operation.kind !== "dropIndex" || !isFullKey(operation.index)) return [];
    return [{ table: operation.table, columns: operation.index.columns }];
  });
}

/** The database may have picked any of the keys over the columns that a foreign key names. */
function losesKey({ references }: ForeignKeySnapshot, lost: readonly LostKey[]): boolean {
  return lost.some(
    ({ table, columns }) =>
      table === references.table && hasSameContent([...columns].sort(), [...references.columns].sort()),
  );
}
