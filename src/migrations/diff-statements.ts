import { hasSameContent } from "./canonical-json.js";
import type { Operation } from "./operation.js";
import { findMadeView } from "./made-by-statement.js";
import { isNamedIn } from "./sql-words.js";
import type { Snapshot, StatementSnapshot, TableSnapshot } from "./snapshot.js";

/**
 * The statements that go, in the reverse of their order; before anything is renamed, since their way down names what
 * they were made for. With a view go those that name it: they cannot do without it, and come again after it.
 */
export function dropStatements(
  before: Snapshot,
  after: Snapshot,
  renaming: readonly Operation[],
): readonly Operation[] {
  const tables = [...before].sort(([a], [b]) => (a < b ? 1 : -1));
  const all = tables.flatMap(([table, { statements = [] }]) => {
    const kept = after.get(findNewKey(table, renaming))?.statements ?? [];
    return [...statements]
      .reverse()
      .map((statement) => ({ table, statement, isKept: isIn(kept, statement) }));
  });
  const gone = addDependents(
    all.filter(({ isKept }) => !isKept).map(({ statement }) => statement),
    all.map(({ statement }) => statement),
  );
  return all
    .filter(({ statement }) => gone.has(statement))
    .map(({ table, statement }): Operation => ({ kind: "dropStatement", table, statement }));
}

/** The statements with those that name a view that one of them makes, and so on. */
export function addDependents(
  statements: readonly StatementSnapshot[],
  all: readonly StatementSnapshot[],
): ReadonlySet<StatementSnapshot> {
  const found = new Set(statements);
  for (const { up } of found) {
    const view = findMadeView(up);
    if (view === undefined) continue;
    for (const other of all) if (isNamedIn(other.up, view)) found.add(other);
  }
  return found;
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
