import type { AttributeType } from "../runtime/attribute-type.js";
import { type TypeVisitor, visitType } from "../runtime/values/visit-type.js";
import { stringifySorted } from "./canonical-json.js";
import { canonicalType, normalizeSql } from "./compare-sql.js";
import type { Described } from "./compare-table.js";
import { sqliteTypes } from "./render/sql/type.js";
import type { MigrationDatabase } from "./render/source.js";
import type { ColumnDefault, ColumnSnapshot } from "./snapshot.js";

/** @param expected the column as it should be, which tells how to read a default */
export function describeColumn(
  column: ColumnSnapshot,
  expected: ColumnSnapshot | undefined,
  database: MigrationDatabase,
): Described {
  const { name, type, nullable, generatedAs, virtual, comment } = column;
  const isSqlite = database === "sqlite";
  const given = column.default && describeDefault(column.default, expected?.type ?? type);
  return {
    kind: "column",
    name,
    facts: {
      type: describeType(column, database),
      words: (findWords(type, database) ?? []).map((word) => `"${word}"`).join(", "),
      nullability: nullable ? "nullable" : "not null",
      default: isSqlite && given === "identity" ? "increment" : (given ?? ""),
      expression:
        generatedAs === undefined ? "" : `${normalizeSql(generatedAs)}${virtual ? " (virtual)" : ""}`,
      // SQLite keeps no comments.
      comment: isSqlite ? "" : (comment ?? ""),
    },
  };
}

function describeType({ type, default: given }: ColumnSnapshot, database: MigrationDatabase): string {
  // SQLite has one type for a column that numbers its rows.
  if (database === "sqlite" && (given?.kind === "increment" || given?.kind === "identity")) return "integer";
  return database === "sqlite" ? sqliteType(type) : postgresType(type);
}

function sqliteType(type: AttributeType): string {
  return type.databaseType?.toLowerCase() ?? visitType(type, sqliteTypes);
}

function postgresType(type: AttributeType): string {
  return type.databaseType === undefined ? visitType(type, postgresTypes) : canonicalType(type.databaseType);
}

const postgresTypes: TypeVisitor<string> = {
  string: ({ length = 255 }) => `character varying(${length})`,
  text: () => "text",
  integer: () => "integer",
  bigint: () => "bigint",
  float: () => "double precision",
  decimal: ({ precision, scale = 0 }) =>
    precision === undefined ? "numeric" : `numeric(${precision},${scale})`,
  boolean: () => "boolean",
  uuid: () => "uuid",
  date: () => "date",
  time: () => "time without time zone",
  datetime: () => "timestamp with time zone",
  json: () => "jsonb",
  binary: () => "bytea",
  enum: ({ native }) => native ?? "text",
  // How deep an array is, PostgreSQL does not hold to.
  array: ({ of }) => `${postgresType(of).replace(/(\[\])+$/, "")}[]`,
};

/** The words that the column is kept to; a check in SQLite cannot look into an array. */
function findWords(type: AttributeType, database: MigrationDatabase): readonly string[] | undefined {
  if (type.kind === "array") return database === "postgres" ? findWords(type.of, database) : undefined;
  return type.kind === "enum" ? type.values : undefined;
}

function describeDefault(given: ColumnDefault, type: AttributeType): string {
  if (given.kind === "sql") return normalizeSql(given.sql);
  if (given.kind === "identity") return given.always ? "identity always" : "identity";
  return given.kind === "value" ? describeValue(given.value, type) : given.kind;
}

/** A value in one spelling, by what the column holds. */
function describeValue(value: unknown, type: AttributeType): string {
  if (value === null) return "null";
  if (type.kind === "array" && Array.isArray(value)) {
    return `[${value.map((item) => describeValue(item, type.of)).join(", ")}]`;
  }
  if (type.kind === "json") return stringifySorted(value);
  if (type.kind === "datetime") return describeMoment(String(value));
  return isNumeric(type) ? describeNumber(String(value)) : JSON.stringify(String(value));
}

function isNumeric({ kind }: AttributeType): boolean {
  return kind === "integer" || kind === "bigint" || kind === "float" || kind === "decimal";
}

/** Without the zeros that say nothing; a number too large for JavaScript keeps its digits. */
function describeNumber(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, "") : text;
}

function describeMoment(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString();
}
