import { sequenceName } from "../../../support/constraint-names.js";
import type { ColumnSnapshot } from "../../snapshot.js";
import { parseTableKey } from "../../table-key.js";
import type { MigrationDatabase } from "../source.js";
import { buildDefault } from "./default.js";
import { quoteBeside, quoteName } from "./names.js";
import { buildType } from "./type.js";

/**
 * A column as `create table` and `add column` take it, without its check and comment.
 *
 * @example
 * buildColumn({ name: "n", type: { kind: "integer" }, nullable: false }, "postgres"); // '"n" integer not null'
 */
export function buildColumn(column: ColumnSnapshot, database: MigrationDatabase): string {
  return [quoteName(column.name), ...buildDefinition(column, database)].join(" ");
}

function buildDefinition(column: ColumnSnapshot, database: MigrationDatabase): readonly string[] {
  const columnDefault = buildDefault(column, database);
  return [
    buildStoredType(column, database),
    ...(column.nullable ? [] : ["not null"]),
    ...(columnDefault === undefined ? [] : [`default ${columnDefault}`]),
  ];
}

/** The type with what makes the column's values: numbering, or an expression. */
export function buildStoredType(column: ColumnSnapshot, database: MigrationDatabase): string {
  if (column.default?.kind === "increment") return buildSerial(column, database);
  const type = buildType(column.type, database);
  if (column.default?.kind === "identity") return `${type} ${buildIdentity(column.default.always)}`;
  return column.generatedAs === undefined
    ? type
    : `${type} generated always as (${column.generatedAs}) ${column.virtual ? "virtual" : "stored"}`;
}

function buildSerial({ type }: ColumnSnapshot, database: MigrationDatabase): string {
  if (database === "sqlite") return "integer";
  return type.kind === "bigint" ? "bigserial" : "serial";
}

/** `generated always as identity` */
export function buildIdentity(always: boolean): string {
  return `generated ${always ? "always" : "by default"} as identity`;
}

/** The sequence that numbers the rows of a column, as a statement names it. */
export function quoteSequence(table: string, column: string): string {
  return quoteBeside(table, sequenceName(parseTableKey(table).name, column));
}
