import { buildKeyBeside, parseTableKey } from "../../table-key.js";

/** A name in double quotes, as both databases take it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"user_id", "task_id"` */
export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}

/**
 * A table by its key, as a statement names it.
 *
 * @example
 * quoteTable("billing.invoices"); // '"billing"."invoices"'
 */
export function quoteTable(key: string): string {
  const { schema, name } = parseTableKey(key);
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}

/** What belongs to a table and stands in its schema: an index or a sequence. */
export function quoteBeside(table: string, name: string): string {
  return quoteTable(buildKeyBeside(table, name));
}

/** A name as SQL takes it wherever Knex writes it as it is: in double quotes, unless it needs none. */
export function quoteUnlessPlain(name: string): string {
  // No word that SQL keeps for itself ends like this.
  return /^[a-z_][a-z0-9_]*_check$/.test(name) ? name : quoteName(name);
}

/** A text in single quotes. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Can the name be given to Knex's builder? It splits names at dots and ` as `, trims them, takes brackets for a place in
 * an array and question marks for places of values.
 */
export function isPlainToKnex(name: string): boolean {
  return /^[^\s.?*[\]\\"'`]+( [^\s.?*[\]\\"'`]+)*$/.test(name) && !/ as /i.test(name);
}

/**
 * A text in single quotes. Where it holds question marks they are written as escape codes, in the syntax of PostgreSQL:
 * Knex's builder takes a bare one there for the place of a value.
 */
export function quoteTextWithoutMarks(text: string): string {
  if (!text.includes("?")) return quoteText(text);
  return `E${quoteText(text).replaceAll("\\", "\\\\").replaceAll("?", "\\x3F")}`;
}
