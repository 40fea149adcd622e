import { hasSameContent } from "./canonical-json.js";
import type { Operation, OperationOf } from "./operation.js";
import type { ForeignKeySnapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

type TableOperation = OperationOf<"createTable" | "dropTable">;
type PlacedForeignKey = readonly [table: string, foreignKey: ForeignKeySnapshot];

/** The same operations, with the foreign keys that close a circle of new or of dropped tables as operations of
 * their own. */
export function splitCircles(operations: readonly Operation[]): readonly Operation[] {
  const created = findClosingForeignKeys(operations, "createTable");
  const dropped = findClosingForeignKeys(operations, "dropTable");
  const split = new Set([...created, ...dropped].map(([, foreignKey]) => foreignKey));
  return [
    ...dropped.map(([table, foreignKey]): Operation => ({ kind: "dropForeignKey", table, foreignKey })),
    ...operations.map((operation) => withoutForeignKeys(operation, split)),
    ...created.map(([table, foreignKey]): Operation => ({ kind: "addForeignKey", table, foreignKey })),
  ];
}

function withoutForeignKeys(operation: Operation, split: ReadonlySet<ForeignKeySnapshot>): Operation {
  if (!isTableOperation(operation)) return operation;
  const foreignKeys = operation.table.foreignKeys.filter((foreignKey) => !split.has(foreignKey));
  if (foreignKeys.length === operation.table.foreignKeys.length) return operation;
  return { ...operation, table: { ...operation.table, foreignKeys } };
}

/** The foreign keys that, followed from table to table, lead back to one that is still being followed. */
function findClosingForeignKeys(
  operations: readonly Operation[],
  kind: TableOperation["kind"],
): readonly PlacedForeignKey[] {
  const tables = operations.filter(isTableOperation).filter((operation) => operation.kind === kind);
  const byKey = new Map(tables.map(({ table }) => [buildTableKey(table), table]));
  const closing: PlacedForeignKey[] = [];
  const state = new Map<string, "open" | "done">();
  const follow = (key: string, table: TableSnapshot): void => {
    state.set(key, "open");
    for (const foreignKey of foreignKeysToOthers(key, table)) {
      const next = foreignKey.references.table;
      const destination = byKey.get(next);
      if (!destination) continue;
      if (state.get(next) === "open") closing.push([key, foreignKey]);
      if (!state.has(next)) follow(next, destination);
    }
    state.set(key, "done");
  };
  for (const [key, table] of byKey) {
    if (!state.has(key)) follow(key, table);
    closing.push(...findLateForeignKeys(key, table));
  }
  return closing;
}

/** A table that refers to a unique index of its own: the index is made after the table, so the foreign key comes later. */
function findLateForeignKeys(
  key: string,
  { primaryKey, foreignKeys }: TableSnapshot,
): readonly PlacedForeignKey[] {
  return foreignKeys
    .filter(
      ({ references }) =>
        references.table === key && !hasSameContent(references.columns, primaryKey?.columns),
    )
    .map((foreignKey) => [key, foreignKey]);
}

function isTableOperation(operation: Operation): operation is TableOperation {
  return operation.kind === "createTable" || operation.kind === "dropTable";
}

function foreignKeysToOthers(key: string, { foreignKeys }: TableSnapshot): readonly ForeignKeySnapshot[] {
  return foreignKeys.filter(({ references }) => references.table !== key);
}
