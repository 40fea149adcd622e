import { type RowAnswers, nameColumn } from "./expand-operations.js";
import { findLostValues } from "./enum-types.js";
import { findMadeTable } from "./made-by-statement.js";
import { mayRepeat } from "./may-repeat.js";
import type { Operation, OperationOf } from "./operation.js";
import type { Snapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";
import { classifyTypeChange, nameType } from "./type-change.js";

/** Why a step is not taken unasked, and what to type to have it. */
export interface Objection {
  /** What to type after `--allow-drop`. */
  readonly what: string;
  readonly reason: string;
  readonly hint: string;
  /** Set where nothing but a cast in SQL makes it possible. */
  readonly needsCast?: true;
}

export interface JudgeContext {
  /** The schema that the operations start from, after renames. */
  readonly start: Snapshot;
  readonly operations: readonly Operation[];
  readonly answers: RowAnswers;
}

/** What an operation may destroy, or where rows may stop it; undefined where neither can be. */
export function judgeOperation(operation: Operation, context: JudgeContext): Objection | undefined {
  switch (operation.kind) {
    case "dropTable":
      return objectToTable(buildTableKey(operation.table));
    case "dropColumn":
      // What is worked out from other columns can be worked out again.
      return operation.column.generatedAs === undefined ? objectToColumn(operation) : undefined;
    case "dropStatement":
      return objectToStatement(operation);
    case "alterColumn":
      return objectToType(operation) ?? objectToRequirement(operation, context);
    case "replaceEnum":
      return objectToWords(operation);
    case "addIndex":
    case "addPrimaryKey":
      return mayRepeat(operation, context) ? objectToKey(operation) : undefined;
    default:
      return undefined;
  }
}

function objectToTable(table: string): Objection {
  return {
    what: table,
    reason: `The table "${table}" would be deleted with all of its rows.`,
    hint: `To delete it: ${flag("allow-drop", table)}. If it has another name now: ${flag("rename-table", table)}:<new name>`,
  };
}

function objectToColumn({ table, column }: OperationOf<"dropColumn">): Objection {
  const what = nameColumn(table, column.name);
  const isInTheWay = !column.nullable && column.default === undefined;
  const rest = isInTheWay ? " Until then it stays required, and new rows need a value for it." : "";
  return {
    what,
    reason: `The column "${column.name}" of "${table}" would be deleted with all of its values.${rest}`,
    hint: `To delete it: ${flag("allow-drop", what)}. If it has another name now: ${flag("rename", what)}:<new name>`,
  };
}

/** A table that a statement made has rows like any other. */
function objectToStatement({ table, statement }: OperationOf<"dropStatement">): Objection | undefined {
  const made = findMadeTable(statement.up);
  if (made === undefined) return undefined;
  const what = nameColumn(table, statement.name);
  return {
    what,
    reason: `The table "${made}", which the statement "${statement.name}" of "${table}" made, would be deleted with all of its rows.`,
    hint: `To delete it: ${flag("allow-drop", what)}`,
  };
}

function objectToType({ table, before, after, using }: OperationOf<"alterColumn">): Objection | undefined {
  const change = classifyTypeChange(before.type, after.type);
  if (change === "safe" || using !== undefined) return undefined;
  const what = nameColumn(table, after.name);
  const types = `from ${nameType(before.type)} to ${nameType(after.type)}`;
  const cast = `${flag("cast", what)}="<SQL of the new value>"`;
  if (change === "castless") {
    return {
      what,
      reason: `The column "${after.name}" of "${table}" changes ${types}, and no database knows how to read its values so.`,
      hint: `Say how: ${cast}`,
      needsCast: true,
    };
  }
  return {
    what,
    reason: `The column "${after.name}" of "${table}" changes ${types}: a value that does not fit is changed, or stops the migration.`,
    hint: `To go on: ${flag("allow-drop", what)}. To say how values are made: ${cast}`,
  };
}

function objectToRequirement(
  { table, before, after }: OperationOf<"alterColumn">,
  { operations, answers: { fills } }: JudgeContext,
): Objection | undefined {
  const what = nameColumn(table, after.name);
  if (!before.nullable || after.nullable || fills.has(what)) return undefined;
  const isNew = operations.some(
    (each) => each.kind === "addColumn" && each.table === table && each.column.name === after.name,
  );
  const otherwise = isNew ? `If "${table}" has no rows` : "If every row has one";
  return {
    what,
    reason: `The column "${after.name}" of "${table}" becomes required, and rows that have no value stop the migration.`,
    hint: `To fill them in: ${flag("fill", what)}="<SQL of the value>". ${otherwise}: ${flag("allow-drop", what)}`,
  };
}

function objectToWords(operation: OperationOf<"replaceEnum">): Objection | undefined {
  const { before, after } = operation;
  const uses = listUncast(operation);
  if (uses.length === 0) return undefined;
  const lost = findLostValues(before, after).map((word) => `"${word}"`);
  if (lost.length === 0) return undefined;
  const casts = uses.map((use) => `${flag("cast", use)}="<SQL of the new word>"`);
  return {
    what: before.name,
    reason: `The enum type "${before.name}" loses ${lost.join(", ")}: a row that holds it stops the migration.`,
    hint: `To go on: ${flag("allow-drop", before.name)}. To say what becomes of it: ${casts.join(" ")}`,
  };
}

/** The columns of a replaced type of which nobody said what becomes of their values. */
export function listUncast({ uses, using = {} }: OperationOf<"replaceEnum">): readonly string[] {
  return uses
    .map(({ table, column }) => nameColumn(table, column.name))
    .filter((name) => using[name] === undefined);
}

function objectToKey(operation: OperationOf<"addIndex" | "addPrimaryKey">): Objection {
  const { table } = operation;
  const [key, role] =
    operation.kind === "addIndex" ? [operation.index, "unique index"] : [operation.primaryKey, "primary key"];
  const what = nameColumn(table, key.name);
  const columns = key.columns.map((column) => `"${typeof column === "string" ? column : column.sql}"`);
  return {
    what,
    reason: `Rows of "${table}" that have the same ${columns.join(" and ")} stop the migration at the ${role} "${key.name}".`,
    hint: `If no two have: ${flag("allow-drop", what)}`,
  };
}

/** A flag as a shell takes it. */
function flag(name: string, value: string): string {
  return `--${name} ${/^[\w.-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
