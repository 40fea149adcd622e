import type { AttributeType } from "../../runtime/attribute-type.js";
import type { ColumnDefault, ColumnSnapshot } from "../snapshot.js";
import { type MigrationDatabase, quote, quoteSqlTextWithoutQuestionMarks } from "./source.js";

/** The argument of `defaultTo`, or undefined where there is none to write. */
export function renderDefault(column: ColumnSnapshot, database: MigrationDatabase): string | undefined {
  const given = column.default;
  switch (given?.kind) {
    case "now":
      return "knex.fn.now()";
    case "uuid":
      return "knex.fn.uuid()";
    case "sql":
      return `knex.raw(${quote(given.sql)})`;
    case "value":
      return renderValue(given.value, column.type, database);
    default:
      return undefined;
  }
}

type Value = Extract<ColumnDefault, { kind: "value" }>["value"];

function renderValue(value: Value, type: AttributeType, database: MigrationDatabase): string {
  if (type.kind === "array" && database === "postgres")
    return renderText(toArrayLiteral(value, type), database);
  if (type.kind === "json" || type.kind === "array") return renderText(JSON.stringify(value), database);
  if (type.kind === "datetime" && database === "sqlite") return quote(toSqliteMoment(String(value)));
  return typeof value === "string" ? renderText(value, database) : quote(value);
}

/** As SQLite's own `CURRENT_TIMESTAMP` writes a moment, so that both compare as texts. */
function toSqliteMoment(moment: string): string {
  return moment.replace("T", " ").replace(/Z$/, "");
}

/** Knex takes a question mark in a statement for PostgreSQL for the place of a value, even inside a text. */
function renderText(text: string, database: MigrationDatabase): string {
  if (database !== "postgres" || !text.includes("?")) return quote(text);
  return `knex.raw(${quote(quoteSqlTextWithoutQuestionMarks(text))})`;
}

/** PostgreSQL's own way to write an array: `{"a","b"}`. */
function toArrayLiteral(value: unknown, type: AttributeType): string {
  if (value === null) return "NULL";
  if (type.kind === "array" && Array.isArray(value)) {
    return `{${value.map((item) => toArrayLiteral(item, type.of)).join(",")}}`;
  }
  const text = type.kind === "json" ? JSON.stringify(value) : String(value);
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
