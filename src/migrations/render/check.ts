import type { AttributeType } from "../../runtime/attribute-type.js";
import { checkName } from "../../support/constraint-names.js";
import { hasSameContent } from "../canonical-json.js";
import type { ColumnSnapshot } from "../snapshot.js";
import {
  type MigrationDatabase,
  quote,
  quoteList,
  quoteSqlName,
  quoteSqlTextWithoutQuestionMarks,
  quoteUnlessPlain,
} from "./source.js";

/** A column and where it is. */
export interface ColumnContext {
  readonly table: string;
  readonly column: ColumnSnapshot;
  readonly database: MigrationDatabase;
}

/** The words that a check keeps a column to, or undefined for a type without one. */
export function checkedValues(
  type: AttributeType,
  database: MigrationDatabase,
): readonly string[] | undefined {
  if (type.kind === "enum") return type.values;
  // SQLite holds an array as JSON, and a check there cannot look into it.
  return type.kind === "array" && database === "postgres" ? checkedValues(type.of, database) : undefined;
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

/** The check's name, as Knex's methods take it: they write it into the statement as it is. */
export function renderCheckName({ table, column }: Omit<ColumnContext, "database">): string {
  return quote(quoteUnlessPlain(checkName(table, column.name)));
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
  return `table.check(${quote(buildPredicate(context.column, values))}, {}, ${renderCheckName(context)})`;
}

/** Knex has no check for the items of an array, and takes a question mark in a value for the place of another. */
function needsOwnCall({ column, database }: ColumnContext, values: readonly string[]): boolean {
  if (column.type.kind === "array") return true;
  return database === "postgres" && values.some((value) => value.includes("?"));
}

function buildPredicate({ name, type }: ColumnSnapshot, values: readonly string[]): string {
  const list = values.map(quoteSqlTextWithoutQuestionMarks).join(", ");
  return type.kind === "array"
    ? `${quoteSqlName(name)} <@ array[${list}]::text[]`
    : `${quoteSqlName(name)} in (${list})`;
}
