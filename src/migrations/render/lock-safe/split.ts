import type { Operation, OperationOf } from "../../operation.js";
import type { ColumnSnapshot } from "../../snapshot.js";
import { buildColumnCheck } from "../check.js";
import { type ColumnChange, buildColumnChange } from "../column-change.js";
import { withoutWords } from "../start.js";

/**
 * The same change of a table that others use, in operations of which each either reads or rewrites no row, or can be
 * done outside of a transaction.
 */
export function splitOperation(operation: Operation): readonly Operation[] {
  if (operation.kind === "addColumn") return splitAddition(operation);
  return operation.kind === "alterColumn" ? splitAlteration(operation) : [operation];
}

/** A default that is another for each row would rewrite the table: the column is added bare and filled after. */
function splitAddition(operation: OperationOf<"addColumn">): readonly Operation[] {
  const { table, column } = operation;
  const sql = findChangingDefault(column);
  if (sql === undefined) return [operation];
  const { default: _, ...bare } = { ...column, nullable: true };
  const nullable = { ...column, nullable: true };
  return [
    { kind: "addColumn", table, column: bare },
    { kind: "alterColumn", table, before: bare, after: nullable },
    { kind: "fillColumn", table, column: column.name, sql },
    ...(column.nullable ? [] : [{ kind: "alterColumn", table, before: nullable, after: column } as const]),
  ];
}

/** `now()` is the same for all rows of a statement. */
function findChangingDefault({ default: given }: ColumnSnapshot): string | undefined {
  if (given?.kind === "uuid") return "gen_random_uuid()";
  if (given?.kind !== "sql") return undefined;
  return /\(/.test(given.sql.replace(/\b(now|current_\w+)\s*\(\s*\d*\s*\)/gi, "")) ? given.sql : undefined;
}

/** With another type the table is rewritten or read in any case; what its rows have to meet can wait. */
function splitAlteration(operation: OperationOf<"alterColumn">): readonly Operation[] {
  const { table, before, after } = operation;
  const change = buildColumnChange(operation, "postgres");
  if (!hasNewType(change)) return [operation];
  const hasWords =
    change.parts.check && buildColumnCheck({ table, column: after, database: "postgres" }) !== undefined;
  if (!hasWords && !change.parts.nullable) return [operation];
  const between = { ...(hasWords ? withoutWords(after) : after), nullable: before.nullable };
  return [
    { ...operation, after: between },
    { kind: "alterColumn", table, before: between, after },
  ];
}

/** Does the change look at the rows, and nothing else that takes long? */
export function onlyLooksAtRows(operation: OperationOf<"alterColumn">): boolean {
  const change = buildColumnChange(operation, "postgres");
  return !hasNewType(change) && (change.parts.nullable || change.parts.check);
}

function hasNewType({ parts, before, after }: ColumnChange): boolean {
  const numbering = ["increment", "identity"];
  const isNumbered = [before, after].some(({ default: given }) => given && numbering.includes(given.kind));
  return parts.type || (isNumbered && parts.default);
}
