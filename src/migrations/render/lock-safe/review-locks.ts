import type { Operation } from "../../operation.js";
import type { Review } from "../../review.js";
import { isIndexAdded, toIndex } from "./indexes.js";
import { findOldTables, placeOperations } from "./place.js";

/**
 * Which indexes PostgreSQL builds while nobody writes to their tables, since other steps of the migration leave no place
 * for them outside of its transaction.
 *
 * @example
 * reviewLocks([dropPrimaryKey, dropColumn, addColumn, addPrimaryKey])[0]?.code; // "migration.table.locked"
 */
export function reviewLocks(operations: readonly Operation[]): readonly Review[] {
  const inside = placeOperations(operations).filter(({ place }) => place === "inside");
  return inside
    .flatMap(({ tasks }) => tasks.map(({ operation }) => operation))
    .filter(findOldTables(operations))
    .flatMap((operation) => (isIndexAdded(operation) ? [reviewIndex(toIndex(operation))] : []));
}

function reviewIndex({ table, index: { name } }: ReturnType<typeof toIndex>): Review {
  return {
    code: "migration.table.locked",
    message: `PostgreSQL builds "${name}" of "${table}" in one transaction with other steps: nobody else writes to the table until that is done.`,
    hint: "On a large table make two migrations of it: the first adds the index and what it needs, the second takes away what goes.",
    severity: "notice",
  };
}
