import { protectQuestionMarks } from "./sql/question-marks.js";

/** The databases whose migrations differ; PGlite takes those of PostgreSQL. */
export type MigrationDatabase = "postgres" | "sqlite";

/** A value as TypeScript source. */
export function quote(value: unknown): string {
  return JSON.stringify(value);
}

/** `["user_id", "task_id"]` */
export function quoteList(values: readonly string[]): string {
  return `[${values.map(quote).join(", ")}]`;
}

/** Every line two spaces further in. */
export function indent(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => (line === "" ? "" : `  ${line}`));
}

/** Stands for the end of a line that must not be moved in: one inside SQL that somebody else wrote. */
const keptLineEnd = "\u0001";

/** The source with the ends of lines that `renderRaw` kept from being moved. */
export function restoreLineEnds(source: string): string {
  return source.replaceAll(keptLineEnd, "\n");
}

/**
 * The call that sends SQL as it is; SQL of several lines keeps them.
 *
 * @example
 * renderRaw('drop type "task_state"', "postgres"); // `knex.raw("drop type \"task_state\"")`
 */
export function renderRaw(sql: string, database: MigrationDatabase): string {
  return `knex.raw(${quoteSql(protectQuestionMarks(sql, database))})`;
}

function quoteSql(sql: string): string {
  if (!sql.includes("\n")) return quote(sql);
  const escaped = sql.replace(/[\\`]|\$\{/g, "\\$&");
  return `\`${escaped.replaceAll("\n", keptLineEnd)}\``;
}
