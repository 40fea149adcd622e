/* What PostgreSQL does not do with columns that are worked out when they are read. */
import { type Problem, failure } from "../../support/problem.js";
import { enumOf } from "../enum-types.js";
import { findIndexColumns } from "../index-columns.js";
import type { Operation } from "../operation.js";
import { listChangedTables } from "../operation-subject.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../snapshot.js";
import { buildTableKey } from "../table-key.js";

/**
 * @throws AshlarError `migration.virtual.unsupported` where a changed table has an index, a key or a type of its own on a
 * virtual column
 */
export function refuseVirtual(operations: readonly Operation[], before: Snapshot): void {
  const changed = listChangedTables(operations, before);
  const problems = changed.flatMap((table) =>
    table.columns.filter(({ virtual }) => virtual).flatMap((column) => findProblems(table, column)),
  );
  if (problems.length > 0) throw failure(...problems);
}

function findProblems(table: TableSnapshot, column: ColumnSnapshot): readonly Problem[] {
  const holds = (columns: readonly string[]): boolean => columns.includes(column.name);
  const indexes = table.indexes.filter((index) =>
    holds([...findIndexColumns(index), ...(index.include ?? [])]),
  );
  const foreignKeys = table.foreignKeys.filter(({ columns }) => holds(columns));
  const native = enumOf(column.type);
  return [
    ...indexes.map(({ name }) => `has the index "${name}"`),
    ...foreignKeys.map(({ name }) => `has the foreign key "${name}"`),
    ...(native ? [`is of the enum type "${native.name}"`] : []),
  ].map((what) => ({
    code: "migration.virtual.unsupported",
    message: `"${column.name}" of "${buildTableKey(table)}" is virtual and ${what}, which PostgreSQL does not have.`,
    hint: `Leave out { mode: "virtual" } of "${column.name}", so that it is stored.`,
  }));
}
