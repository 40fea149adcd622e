import type { Operation, OperationOf } from "./operation.js";
import { hasSameContent } from "./canonical-json.js";
import { isHeldAlike } from "./disturbance.js";
import type { ColumnSnapshot } from "./snapshot.js";

/** SQL for rows that are there, by `table.column`. */
export interface RowAnswers {
  readonly fills: ReadonlyMap<string, string>;
  readonly casts: ReadonlyMap<string, string>;
}

/**
 * The operations in the steps that tables with rows need: a column that is to be required is first there without that,
 * then filled in where SQL for it is given, and then made required. A change of type, or of its words, takes the cast that is given.
 */
export function expandOperations(
  operations: readonly Operation[],
  answers: RowAnswers,
): readonly Operation[] {
  const changed = listChanged(operations);
  const words = new Map([...answers.casts].filter(([name]) => !changed.has(name)));
  return operations.flatMap((operation): readonly Operation[] => {
    if (operation.kind === "addColumn" && !isFilled(operation.column)) return expandAdded(operation, answers);
    if (operation.kind === "replaceEnum") return [withCasts(operation, words)];
    return operation.kind === "alterColumn" ? expandAltered(operation, answers) : [operation];
  });
}

/** Does the database know what to put into the rows that are there? */
export function isFilled({ nullable, default: given, generatedAs }: ColumnSnapshot): boolean {
  const hasValue = given !== undefined && !(given.kind === "value" && given.value === null);
  return nullable || hasValue || generatedAs !== undefined;
}

/** How people name a column: `users.email`. */
export function nameColumn(table: string, column: string): string {
  return `${table}.${column}`;
}

type Added = OperationOf<"addColumn">;
type Altered = OperationOf<"alterColumn">;

function expandAdded({ table, column }: Added, answers: RowAnswers): readonly Operation[] {
  const open = { ...column, nullable: true };
  return [
    { kind: "addColumn", table, column: open },
    ...fill(table, column, answers),
    { kind: "alterColumn", table, before: open, after: column },
  ];
}

function expandAltered(operation: Altered, answers: RowAnswers): readonly Operation[] {
  const { table, before, after } = operation;
  if (!before.nullable || after.nullable) return [withCast(operation, answers)];
  const open = { ...after, nullable: true };
  return [
    ...(hasSameContent(before, open) ? [] : [withCast({ ...operation, after: open }, answers)]),
    ...fill(table, after, answers),
    { kind: "alterColumn", table, before: open, after },
  ];
}

function fill(table: string, { name }: ColumnSnapshot, { fills }: RowAnswers): readonly Operation[] {
  const sql = fills.get(nameColumn(table, name));
  return sql === undefined ? [] : [{ kind: "fillColumn", table, column: name, sql }];
}

/** The columns that get a type of another sort: a cast of theirs makes values of that, not words of an enum. */
function listChanged(operations: readonly Operation[]): ReadonlySet<string> {
  const changed = operations.flatMap((operation) => {
    if (operation.kind !== "alterColumn") return [];
    const { table, before, after } = operation;
    return isHeldAlike(before.type, after.type) ? [] : [nameColumn(table, after.name)];
  });
  return new Set(changed);
}

/** A type that several columns use takes a cast for each of them. */
function withCasts(operation: OperationOf<"replaceEnum">, casts: RowAnswers["casts"]): Operation {
  const names = operation.uses.map(({ table, column }) => nameColumn(table, column.name));
  const using = names.flatMap((name) => {
    const sql = casts.get(name);
    return sql === undefined ? [] : [[name, sql] as const];
  });
  return using.length === 0 ? operation : { ...operation, using: Object.fromEntries(using) };
}

function withCast(operation: Altered, { casts }: RowAnswers): Operation {
  const { table, before, after } = operation;
  const using = casts.get(nameColumn(table, after.name));
  return using === undefined || hasSameContent(before.type, after.type) ? operation : { ...operation, using };
}
