import type { AttributeType } from "../../../src/runtime/attribute-type.js";
import type { MigrationAnswers } from "../../../src/migrations/plan-migration.js";
import type { MigrationDatabase } from "../../../src/migrations/render/source.js";
import type { ColumnSnapshot } from "../../../src/migrations/snapshot.js";
import { classifyTypeChange } from "../../../src/migrations/type-change.js";
import type { Change } from "../arbitrary-renames.js";
import { findKeptColumns } from "./kept-values.js";

/** Every question that a change can raise, answered: all may be lost, rows are filled in, values are cast. */
export function answerEverything(change: Change, database: MigrationDatabase): MigrationAnswers {
  const required = [...change.after].flatMap(([table, { columns }]) =>
    columns
      .filter(({ nullable, generatedAs }) => !nullable && generatedAs === undefined)
      .map((column) => [`${table}.${column.name}`, buildValue(column.type, database)] as const),
  );
  const castless = findKeptColumns(change)
    .filter(({ before, after }) => classifyTypeChange(before.type, after.type) === "castless")
    .map(({ table, after }) => [`${table}.${after.name}`, buildCast(after, database)] as const);
  return {
    renames: change.renames,
    dropped: [],
    allowed: ["all"],
    fills: new Map(required),
    casts: new Map(castless),
  };
}

/** What may be without a value is, so that it refers to no row that is not there. */
function buildCast({ nullable, type }: ColumnSnapshot, database: MigrationDatabase): string {
  return nullable ? "null" : buildValue(type, database);
}

/** SQL of a value for a row that has none, another for each row where the type has enough of them. */
function buildValue(type: AttributeType, database: MigrationDatabase): string {
  return database === "sqlite" ? buildSqliteValue(type) : buildPostgresValue(type);
}

function buildPostgresValue(type: AttributeType): string {
  if (type.kind === "array") return "'{}'";
  if (type.kind === "enum") return quoteText(type.values[0] ?? "");
  return postgresValues[type.kind] ?? "(random() * 30000)::integer";
}

const postgresValues: Partial<Record<AttributeType["kind"], string>> = {
  string: "substr(md5(random()::text), 1, 16)",
  text: "md5(random()::text)",
  boolean: "true",
  uuid: "gen_random_uuid()",
  date: "date '2026-01-01' + (random() * 9000)::integer",
  time: "time '10:00' + random() * interval '9 hours'",
  datetime: "now()",
  json: "'{}'",
  binary: "decode(md5(random()::text), 'hex')",
};

function buildSqliteValue(type: AttributeType): string {
  if (type.kind === "array") return "'[]'";
  if (type.kind === "enum") return quoteText(type.values[0] ?? "");
  return sqliteValues[type.kind] ?? "abs(random() % 30000)";
}

const sqliteValues: Partial<Record<AttributeType["kind"], string>> = {
  string: "hex(randomblob(8))",
  text: "hex(randomblob(8))",
  boolean: "1",
  uuid: "lower(hex(randomblob(16)))",
  date: "'2026-01-01'",
  time: "'10:00:00'",
  datetime: "current_timestamp",
  json: "'{}'",
  binary: "randomblob(8)",
};

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
