import type { Operation } from "./operation.js";
import type { Review } from "./review.js";
import type { Snapshot } from "./snapshot.js";
import { isNamedIn } from "./sql-words.js";
import { parseTableKey } from "./table-key.js";

/**
 * The custom statements that still say a name that a table or column loses. A database lets what they made follow, but
 * not their text: it fails where it is run again, on the way back or on another database.
 *
 * @example
 * reviewStatements([{ kind: "renameColumn", table: "users", from: "name", to: "label" }], after)[0]?.code;
 * // "migration.statement.stale"
 */
export function reviewStatements(operations: readonly Operation[], after: Snapshot): readonly Review[] {
  const lost = operations.flatMap((operation) => findLostName(operation, operations));
  return [...after].flatMap(([table, { statements = [] }]) =>
    statements.flatMap(({ name, up }) =>
      lost
        .filter(({ from, beside }) => isNamedIn(up, from) && beside.some((other) => isNamedIn(up, other)))
        .map(({ from, to }) => review(`The statement "${name}" of "${table}"`, from, to)),
    ),
  );
}

interface LostName {
  readonly from: string;
  readonly to: string;
  /** Names of which the SQL holds one where it means this one. */
  readonly beside: readonly string[];
}

function findLostName(operation: Operation, operations: readonly Operation[]): readonly LostName[] {
  if (operation.kind === "renameColumn") {
    const { table, from, to } = operation;
    return [{ from, to, beside: findNames(table, operations) }];
  }
  if (operation.kind !== "renameTable") return [];
  const [from, to] = [parseTableKey(operation.from).name, parseTableKey(operation.to).name];
  return from === to ? [] : [{ from, to, beside: [from] }];
}

/** The names that a table has before and after. */
function findNames(table: string, operations: readonly Operation[]): readonly string[] {
  const renamed = operations.flatMap((operation) =>
    operation.kind === "renameTable" && [operation.from, operation.to].includes(table)
      ? [operation.from, operation.to]
      : [],
  );
  return [table, ...renamed].map((key) => parseTableKey(key).name);
}

function review(statement: string, from: string, to: string): Review {
  return {
    code: "migration.statement.stale",
    message: `${statement} still says "${from}", which is called "${to}" from then on.`,
    hint: `Where it means that, one migration has to change both: say "${to}" in it, take this one back (npx ashlar undo migration), and generate again.`,
    severity: "warning",
  };
}
