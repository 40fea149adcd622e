import { hasSameContent } from "./canonical-json.js";
import type { Operation } from "./operation.js";
import type { Snapshot, StatementSnapshot, TableSnapshot } from "./snapshot.js";

/**
 * The statements that go, in the reverse of their order; before anything is renamed, since their way down names what
 * they were made for.
 */
export function dropStatements(
  before: Snapshot,
  after: Snapshot,
  renaming: readonly Operation[],
): readonly Operation[] {
  const tables = [...before].sort(([a], [b]) => (a < b ? 1 : -1));
  return tables.flatMap(([table, { statements = [] }]) => {
    const kept = after.get(findNewKey(table, renaming))?.statements ?? [];
    return [...statements]
      .reverse()
      .filter((statement) => !isIn(kept, statement))
      .map((statement): Operation => ({ kind: "dropStatement", table, statement }));
  });
}

/** The statements that are new, in the order of declaration. */
export function addStatements(
  before: Snapshot,
  tables: readonly (readonly [string, TableSnapshot])[],
): readonly Operation[] {
  return tables.flatMap(([table, { statements = [] }]) => {
    const known = before.get(table)?.statements ?? [];
    return statements
      .filter((statement) => !isIn(known, statement))
      .map((statement): Operation => ({ kind: "addStatement", table, statement }));
  });
}

function isIn(statements: readonly StatementSnapshot[], statement: StatementSnapshot): boolean {
  return statements.some((other) => hasSameContent(other, statement));
}

/** A table may be renamed in more than one step, and another may take its name. */
function findNewKey(table: string, renaming: readonly Operation[]): string {
  return renaming.reduce(
    (key, operation) => (operation.kind === "renameTable" && operation.from === key ? operation.to : key),
    table,
  );
}
