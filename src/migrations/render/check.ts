import type { AttributeType } from "../../runtime/attribute-type.js";
import { checkName } from "../../support/constraint-names.js";
import { hasSameContent } from "../canonical-json.js";
import { findCheckedWords } from "../enum-types.js";
import type { CheckSnapshot, ColumnSnapshot } from "../snapshot.js";
import { parseTableKey } from "../table-key.js";
import { quoteName, quoteText, quoteTextWithoutMarks, quoteUnlessPlain } from "./sql/names.js";
import { type MigrationDatabase, quote, quoteList } from "./source.js";

/** A column and where it is. */
export interface ColumnContext {
  /** The table's key. */
  readonly table: string;
  readonly column: ColumnSnapshot;
  readonly database: MigrationDatabase;
  /** The constant that says at run time whether a column that is not nullable can be so. */
  readonly requiredWhere?: string;
}

/** The words that a check keeps a column to, or undefined for a type without one. */
export function checkedValues(
  type: AttributeType,
  database: MigrationDatabase,
): readonly string[] | undefined {
  // SQLite holds an array as JSON, and a check there cannot look into it.
  return type.kind === "array" && database === "sqlite" ? undefined : findCheckedWords(type);
}

/** Is the check on a column another one after the change? */
export function hasChangedCheck(
  before: ColumnSnapshot,
  after: ColumnSnapshot,
  database: MigrationDatabase,
): boolean {
  return !hasSameContent(checkContent(before, database), checkContent(after, database));
}

function checkContent({ type }: ColumnSnapshot, database: MigrationDatabase) {
  const values = checkedValues(type, database);
  return values && { values, ofItems: type.kind === "array" };
}

/** The check that keeps a column to its words, as a constraint of the table, or undefined for a type without one. */
export function buildColumnCheck({ table, column, database }: ColumnContext): CheckSnapshot | undefined {
  const values = checkedValues(column.type, database);
  if (!values) return undefined;
  return { name: nameColumnCheck(table, column), sql: buildPredicate(column, values.map(quoteText)) };
}

function nameColumnCheck(table: string, column: ColumnSnapshot): string {
  return checkName(parseTableKey(table).name, column.name);
}

/** The check's name, as Knex's methods take it: they write it into the statement as it is. */
export function renderCheckName({ table, column }: Omit<ColumnContext, "database">): string {
  return quote(quoteUnlessPlain(nameColumnCheck(table, column)));
}

/** The modifier for a check that Knex can write beside the column; otherwise empty. */
export function renderCheckIn(context: ColumnContext): string {
  const values = checkedValues(context.column.type, context.database);
  if (!values || needsOwnCall(context, values)) return "";
  return `.checkIn(${quoteList(values)}, ${renderCheckName(context)})`;
}

/** A call of its own for a check that Knex cannot write beside the column; otherwise undefined. */
export function renderCheckCall(context: ColumnContext): string | undefined {
  const values = checkedValues(context.column.type, context.database);
  if (!values || !needsOwnCall(context, values)) return undefined;
  const predicate = buildPredicate(context.column, values.map(quoteTextWithoutMarks));
  return `table.check(${quote(predicate)}, {}, ${renderCheckName(context)})`;
}

/** Knex has no check for the items of an array, and takes a question mark in a value for the place of another. */
function needsOwnCall({ column, database }: ColumnContext, values: readonly string[]): boolean {
  if (column.type.kind === "array") return true;
  return database === "postgres" && values.some((value) => value.includes("?"));
}

function buildPredicate({ name, type }: ColumnSnapshot, values: readonly string[]): string {
  const list = values.join(", ");
  return type.kind === "array"
    ? `${quoteName(name)} <@ array[${list}]::text[]`
    : `${quoteName(name)} in (${list})`;
}
