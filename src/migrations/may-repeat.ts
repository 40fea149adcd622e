import { nameColumn } from "./expand-operations.js";
import type { JudgeContext } from "./judge-operation.js";
import type { OperationOf } from "./operation.js";
import type { ColumnSnapshot, IndexSnapshot, TableSnapshot } from "./snapshot.js";

/** Can rows that are there hold the same values in the columns of a key that is new? */
export function mayRepeat(
  operation: OperationOf<"addIndex" | "addPrimaryKey">,
  context: JudgeContext,
): boolean {
  const { table } = operation;
  const key: Key =
    operation.kind === "addIndex" ? operation.index : { ...operation.primaryKey, unique: true };
  if (!key.unique) return false;
  const added = context.operations.flatMap((other) =>
    other.kind === "addColumn" && other.table === table ? [other.column] : [],
  );
  const isDistinctByNew = added.some(
    (column) => key.columns.includes(column.name) && isDistinct(column, key, table, context),
  );
  return !isDistinctByNew && !isImplied(context.start.get(table), key);
}

type Key = Pick<IndexSnapshot, "columns" | "where" | "nullsNotDistinct" | "unique">;

/** Rows without a value differ, and so do those that a generator gave one. */
function isDistinct(column: ColumnSnapshot, key: Key, table: string, { answers }: JudgeContext): boolean {
  const { default: given, generatedAs } = column;
  if (generatedAs !== undefined) return false;
  if (given) return generators.has(given.kind);
  return !key.nullsNotDistinct && !answers.fills.has(nameColumn(table, column.name));
}

const generators: ReadonlySet<string> = new Set(["uuid", "increment", "identity"]);

/** Is there a key over some of the same columns already? */
function isImplied(table: TableSnapshot | undefined, key: Key): boolean {
  if (!table) return false;
  const primary: readonly Key[] = table.primaryKey ? [{ ...table.primaryKey, unique: true }] : [];
  return (
    primary.some((known) => isWithin(known, key)) ||
    table.indexes.some(
      (known) =>
        known.unique &&
        (known.where === undefined || known.where === key.where) &&
        (known.nullsNotDistinct === true || key.nullsNotDistinct !== true) &&
        isWithin(known, key),
    )
  );
}

function isWithin(known: Key, key: Key): boolean {
  return known.columns.every((column) => typeof column === "string" && key.columns.includes(column));
}
