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

/** A name as SQL takes it wherever Knex writes it as it is: in double quotes, unless it needs none. */
export function quoteUnlessPlain(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteSqlName(name);
}

/** A name in double quotes, as both databases take it. */
export function quoteSqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text in single quotes. Where it holds question marks they are written as escape codes, in the syntax of PostgreSQL:
 * Knex takes a bare one there for the place of a value.
 */
export function quoteSqlTextWithoutQuestionMarks(text: string): string {
  const quoted = text.replaceAll("'", "''");
  if (!text.includes("?")) return `'${quoted}'`;
  return `E'${quoted.replaceAll("\\", "\\\\").replaceAll("?", "\\x3F")}'`;
}
