import { applyOperationTo } from "./apply.js";
import { enumOf, findEnumUses, withEnum } from "./enum-types.js";
import type { Operation, OperationOf } from "./operation.js";
import type { Snapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/**
 * The same operations, each with what it meets at its place in the order: what is dropped or altered as it is then, so
 * that the inverse brings exactly that back, and the columns that use a replaced enum type.
 */
export function settleOperations(before: Snapshot, operations: readonly Operation[]): readonly Operation[] {
  const tables = new Map(before);
  return operations.map((operation) => {
    const settled = settle(operation, tables);
    applyOperationTo(tables, settled);
    return settled;
  });
}

function settle(operation: Operation, tables: Snapshot): Operation {
  if (operation.kind === "replaceEnum") {
    return { ...operation, uses: findEnumUses(tables, operation.before.name) };
  }
  if (operation.kind === "dropTable") {
    return { ...operation, table: tables.get(buildTableKey(operation.table)) ?? operation.table };
  }
  return "table" in operation && typeof operation.table === "string"
    ? settleWithin(operation, tables.get(operation.table))
    : operation;
}

function settleWithin(operation: Operation, table: TableSnapshot | undefined): Operation {
  if (!table) return operation;
  if (operation.kind === "alterColumn") return settleAlteration(operation, table);
  if (operation.kind === "dropColumn")
    return { ...operation, column: found(table.columns, operation.column) };
  if (operation.kind === "dropPrimaryKey") {
    return { ...operation, primaryKey: table.primaryKey ?? operation.primaryKey };
  }
  return operation;
}

function settleAlteration(operation: OperationOf<"alterColumn">, table: TableSnapshot): Operation {
  const before = found(table.columns, operation.before);
  const used = enumOf(before.type);
  return { ...operation, before, after: used ? withEnum(operation.after, used) : operation.after };
}

function found<Item extends { readonly name: string }>(items: readonly Item[], wanted: Item): Item {
  return items.find(({ name }) => name === wanted.name) ?? wanted;
}
