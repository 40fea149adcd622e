import type { AttributeType } from "../../../runtime/attribute-type.js";
import type { ColumnDefault, ColumnSnapshot } from "../../snapshot.js";
import type { MigrationDatabase } from "../source.js";
import { quoteText } from "./names.js";

export type DefaultValue = Extract<ColumnDefault, { kind: "value" }>["value"];

/** A value of PostgreSQL's own making is not known to SQLite, which has no function for a version 4 UUID. */
const sqliteUuid =
  "(lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))),2) || '-' || substr('89ab',abs(random()) % 4 + 1, 1) || substr(lower(hex(randomblob(2))),2) || '-' || lower(hex(randomblob(6))))";

/** What follows `default` in SQL, or undefined where there is none to write. */
export function buildDefault(column: ColumnSnapshot, database: MigrationDatabase): string | undefined {
  const given = column.default;
  switch (given?.kind) {
    case "now":
      return "CURRENT_TIMESTAMP";
    case "uuid":
      return database === "sqlite" ? sqliteUuid : "gen_random_uuid()";
    case "sql":
      return toDefaultExpression(given.sql, database);
    case "value":
      return buildValue(given.value, column.type, database);
    default:
      return undefined;
  }
}

/** An expression as `default` takes it: of SQLite each in parentheses, of PostgreSQL what is more than one term. */
export function toDefaultExpression(sql: string, database: MigrationDatabase): string {
  return database === "postgres" && isTerm(sql) ? sql : `(${sql})`;
}

/** Is it a name, a literal or a call, with casts or without? */
function isTerm(sql: string): boolean {
  const texts = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;
  return /^[\w.:[\]]*$/u.test(removeGroups(sql.trim().replaceAll(texts, "_")));
}

function removeGroups(sql: string): string {
  const fewer = sql.replaceAll(/\([^()]*\)/g, "");
  return fewer === sql ? sql : removeGroups(fewer);
}

function buildValue(value: DefaultValue, type: AttributeType, database: MigrationDatabase): string {
  const stored = toStoredValue(value, type, database);
  if (stored === null) return "null";
  if (typeof stored === "boolean" && database === "sqlite") return stored ? "'1'" : "'0'";
  return quoteText(String(stored));
}

/** A default as the database keeps it; a text where the database has no such value. */
export function toStoredValue(
  value: DefaultValue,
  type: AttributeType,
  database: MigrationDatabase,
): string | number | boolean | null {
  if (type.kind === "array" && database === "postgres") return toArrayLiteral(value, type);
  if (type.kind === "json" || type.kind === "array") return JSON.stringify(value);
  if (type.kind === "datetime" && database === "sqlite") return toSqliteMoment(String(value));
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

/** As SQLite's own `CURRENT_TIMESTAMP` writes a moment, so that both compare as texts. */
function toSqliteMoment(moment: string): string {
  return moment.replace("T", " ").replace(/Z$/, "");
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
