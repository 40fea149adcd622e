import type { AttributeType, AttributeTypeKind } from "../../src/runtime/attribute-type.js";
import { checkName } from "../../src/support/constraint-names.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import type { FoundColumn, FoundTable } from "./found-schema.js";

type Family = "postgres" | "sqlite";

/** What a database has to tell after a migration made the snapshot, written down apart from the code that renders. */
export function expectSchema(snapshot: Snapshot, family: Family): readonly FoundTable[] {
  return [...snapshot.values()].map((table) => expectTable(table, family));
}

function expectTable(table: TableSnapshot, family: Family): FoundTable {
  return {
    name: table.name,
    columns: table.columns.map((column) => expectColumn(column, family)),
    ...(table.primaryKey && { primaryKey: expectPrimaryKey(table, table.primaryKey, family) }),
    indexes: table.indexes.map((index) => ({
      ...index,
      columns: index.columns.filter((name) => typeof name === "string"),
    })),
    foreignKeys: table.foreignKeys,
    checks: table.columns
      .filter(({ type }) => hasCheck(type, family))
      .map(({ name }) => checkName(table.name, name)),
  };
}

/** SQLite's numbered keys have no name. */
function expectPrimaryKey(
  table: TableSnapshot,
  primaryKey: NonNullable<TableSnapshot["primaryKey"]>,
  family: Family,
) {
  const isNumbered = table.columns.some(({ default: given }) => given?.kind === "increment");
  return family === "sqlite" && isNumbered ? { ...primaryKey, name: "" } : primaryKey;
}

function expectColumn(column: ColumnSnapshot, family: Family): FoundColumn {
  const isNumbered = column.default?.kind === "increment";
  return {
    name: column.name,
    type: family === "sqlite" && isNumbered ? "integer" : nameType(column.type, family),
    nullable: column.nullable,
    hasDefault: column.default !== undefined && !(family === "sqlite" && isNumbered),
    ...(column.comment !== undefined && family === "postgres" && { comment: column.comment }),
  };
}

function hasCheck(type: AttributeType, family: Family): boolean {
  if (type.kind === "array") return family === "postgres" && hasCheck(type.of, family);
  return type.kind === "enum";
}

function nameType(type: AttributeType, family: Family): string {
  if (type.kind === "string")
    return `${family === "postgres" ? "character varying" : "varchar"}(${type.length ?? 255})`;
  if (type.kind === "array") return family === "postgres" ? `${nameType(innermost(type), family)}[]` : "json";
  if (type.kind === "decimal" && family === "postgres") {
    return type.precision === undefined ? "numeric" : `numeric(${type.precision},${type.scale ?? 0})`;
  }
  return typeNames[type.kind][family];
}

/** PostgreSQL does not tell how deep an array is. */
function innermost(type: AttributeType): AttributeType {
  return type.kind === "array" ? innermost(type.of) : type;
}

const typeNames: Record<Exclude<AttributeTypeKind, "string" | "array">, Record<Family, string>> = {
  text: { postgres: "text", sqlite: "text" },
  integer: { postgres: "integer", sqlite: "integer" },
  bigint: { postgres: "bigint", sqlite: "bigint" },
  float: { postgres: "double precision", sqlite: "float" },
  decimal: { postgres: "numeric", sqlite: "float" },
  boolean: { postgres: "boolean", sqlite: "boolean" },
  uuid: { postgres: "uuid", sqlite: "char(36)" },
  date: { postgres: "date", sqlite: "date" },
  time: { postgres: "time without time zone", sqlite: "time" },
  datetime: { postgres: "timestamp with time zone", sqlite: "datetime" },
  json: { postgres: "jsonb", sqlite: "json" },
  binary: { postgres: "bytea", sqlite: "blob" },
  enum: { postgres: "text", sqlite: "text" },
};
