import { hasSameContent } from "./canonical-json.js";
import type { Objection } from "./judge-operation.js";
import type { Operation, OperationOf } from "./operation.js";
import { factsOf } from "./operation-facts.js";
import { findTable } from "./operation-subject.js";

/** A step that is not taken. */
export interface WithheldOperation {
  readonly operation: Operation;
  /** What to type after `--allow-drop`. */
  readonly what: string;
  /** What would be lost, or what the step waits for, in a sentence. */
  readonly reason: string;
  /** What to type to have it. */
  readonly hint: string;
  /** Set where it only goes with another that is withheld. */
  readonly follows?: true;
}

/**
 * Adds to the operations that are objected to all that cannot be done without them: what requires a fact that one of
 * them provides, and the other half of what is only sensible whole, such as the drop of an index that does not come back.
 *
 * @param operations in their order
 * @returns what is withheld, in the order of the operations
 */
export function findWithheld(
  operations: readonly Operation[],
  objections: ReadonlyMap<Operation, Objection>,
): readonly WithheldOperation[] {
  const causes = new Map<Operation, Objection>(objections);
  for (let known = -1; known < causes.size;) {
    known = causes.size;
    spreadByFacts(operations, causes);
    spreadByUnits(operations, causes);
  }
  return operations.flatMap((operation) => {
    const cause = causes.get(operation);
    if (!cause) return [];
    const { what, hint } = cause;
    return objections.has(operation)
      ? [{ operation, what, reason: cause.reason, hint }]
      : [
          {
            ...{ operation, what, hint, follows: true as const },
            reason: `It goes with what is withheld: ${cause.reason}`,
          },
        ];
  });
}

/** Only what comes before provides a fact: later on, the same name may mean something else. */
function spreadByFacts(operations: readonly Operation[], causes: Map<Operation, Objection>): void {
  const lacking = new Map<string, Objection>();
  for (const operation of operations) {
    const { requires, provides } = factsOf(operation);
    const missing = requires.find((fact) => lacking.has(fact));
    const cause = causes.get(operation) ?? (missing === undefined ? undefined : lacking.get(missing));
    if (!cause) continue;
    causes.set(operation, cause);
    for (const fact of provides) lacking.set(fact, cause);
  }
}

function spreadByUnits(operations: readonly Operation[], causes: Map<Operation, Objection>): void {
  const dropped = new Set(
    operations.flatMap((operation) => (operation.kind === "dropTable" ? [findTable(operation)] : [])),
  );
  const units = operations.map((operation) => [
    ...unitsOf(operation),
    ...(dropped.has(findTable(operation)) ? [`table ${findTable(operation)}`] : []),
  ]);
  const stopped = new Map<string, Objection>();
  operations.forEach((operation, position) => {
    const cause = causes.get(operation);
    if (cause) for (const unit of units[position] ?? []) stopped.set(unit, cause);
  });
  operations.forEach((operation, position) => {
    const cause = units[position]?.map((unit) => stopped.get(unit)).find((found) => found !== undefined);
    if (cause && !causes.has(operation)) causes.set(operation, cause);
  });
}

/** What an operation is one half of: it is done whole or not at all. */
function unitsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "addColumn":
    case "dropColumn":
      return [`column ${operation.table}.${operation.column.name}`];
    case "addPrimaryKey":
    case "dropPrimaryKey":
      return [`primary key ${operation.table}`];
    case "addIndex":
    case "dropIndex": {
      const { name, columns } = operation.index;
      return [`index ${operation.table}.${name}`, `index ${operation.table} on ${JSON.stringify(columns)}`];
    }
    case "addForeignKey":
    case "dropForeignKey":
      return [`foreign key ${operation.table}.${operation.foreignKey.name}`];
    case "addCheck":
    case "dropCheck":
      return [`check ${operation.table}.${operation.check.name}`];
    case "addStatement":
    case "dropStatement":
      return [`statement ${operation.table}.${operation.statement.name}`];
    case "fillColumn":
      return [`requirement ${operation.table}.${operation.column}`];
    case "alterColumn":
      return unitsOfAlteration(operation);
    default:
      return [];
  }
}

function unitsOfAlteration({ table, before, after }: OperationOf<"alterColumn">) {
  const column = `${table}.${after.name}`;
  const changesDefault = !hasSameContent(before.default, after.default);
  return [
    ...(changesDefault ? [`default ${column}`] : []),
    ...(before.nullable && !after.nullable ? [`requirement ${column}`] : []),
  ];
}
