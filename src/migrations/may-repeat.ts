import { nameColumn } from "./expand-operations.js";
import type { JudgeContext } from "./judge-operation.js";
import type { Operation, OperationOf } from "./operation.js";
import type { ColumnSnapshot, IndexSnapshot, TableSnapshot } from "./snapshot.js";

/** Can rows that are there hold the same values in the columns of a key that is new? */
export function mayRepeat(
  operation: OperationOf<"addIndex" | "addPrimaryKey">,
  context: JudgeContext,
): boolean {
  const { table } = operation;
  const key = findAddedKey(operation);
  if (!key?.unique) return false;
  const added = context.operations.flatMap((other) =>
    other.kind === "addColumn" && other.table === table ? [other.column] : [],
  );
  const isDistinctByNew = added.some(
    (column) => key.columns.includes(column.name) && isDistinct(column, key, table, context),
  );
  return !isDistinctByNew && !isImplied(context.start.get(table), key);
}

interface Key extends Pick<IndexSnapshot, "columns" | "where" | "nullsNotDistinct" | "unique"> {
  readonly isPrimary?: true;
}

/** Rows without a value differ, and so do those that a generator gave one. */
function isDistinct(column: ColumnSnapshot, key: Key, table: string, { answers }: JudgeContext): boolean {
  const { default: given, generatedAs } = column;
  if (generatedAs !== undefined) return false;
  if (given) return generators.has(given.kind);
  return !key.nullsNotDistinct && !answers.fills.has(nameColumn(table, column.name));
}

const generators: ReadonlySet<string> = new Set(["uuid", "increment", "identity"]);

/** Does one of the operations make a key over some of the columns of the key that this one adds? */
export function isKeyImpliedBy(operation: Operation, others: readonly Operation[]): boolean {
  const key = findAddedKey(operation);
  if (!key) return false;
  return others.some((other) => {
    const known =
      "table" in operation && "table" in other && other.table === operation.table && findAddedKey(other);
    return known ? implies(known, key) : false;
  });
}

function findAddedKey(operation: Operation): Key | undefined {
  if (operation.kind === "addPrimaryKey") return { ...operation.primaryKey, unique: true, isPrimary: true };
  return operation.kind === "addIndex" ? operation.index : undefined;
}

/** Is there a key over some of the same columns already? */
function isImplied(table: TableSnapshot | undefined, key: Key): boolean {
  if (!table) return false;
  const primary: readonly Key[] = table.primaryKey
    ? [{ ...table.primaryKey, unique: true, isPrimary: true }]
    : [];
  return [...primary, ...table.indexes].some((known) => implies(known, key));
}

/** A primary key has no rows without a value, so it matters to none how these compare. */
function implies(known: Key, key: Key): boolean {
  return (
    known.unique &&
    (known.where === undefined || known.where === key.where) &&
    (known.isPrimary === true || known.nullsNotDistinct === true || key.nullsNotDistinct !== true) &&
    known.columns.every((column) => typeof column === "string" && key.columns.includes(column))
  );
}
