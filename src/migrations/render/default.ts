import type { AttributeType } from "../../runtime/attribute-type.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { type DefaultValue, toDefaultExpression, toStoredValue } from "./sql/default.js";
import { quoteTextWithoutMarks } from "./sql/names.js";
import { type MigrationDatabase, quote } from "./source.js";

/** The argument of `defaultTo`, or undefined where there is none to write. */
export function renderDefault(column: ColumnSnapshot, database: MigrationDatabase): string | undefined {
  const given = column.default;
  switch (given?.kind) {
    case "now":
      return "knex.fn.now()";
    case "uuid":
      return "knex.fn.uuid()";
    case "sql":
      return `knex.raw(${quote(toDefaultExpression(given.sql, database))})`;
    case "value":
      return renderValue(given.value, column.type, database);
    default:
      return undefined;
  }
}

function renderValue(value: DefaultValue, type: AttributeType, database: MigrationDatabase): string {
  const stored = toStoredValue(value, type, database);
  // Knex takes a question mark in a statement for PostgreSQL for the place of a value, even inside a text.
  if (database === "postgres" && typeof stored === "string" && stored.includes("?")) {
    return `knex.raw(${quote(quoteTextWithoutMarks(stored))})`;
  }
  return quote(stored);
}
