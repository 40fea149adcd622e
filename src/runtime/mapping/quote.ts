/**
 * A name as SQL takes it, in PostgreSQL and SQLite alike. A question mark would be taken by Knex for the place of a value.
 *
 * @example
 * quoteName("order"); // '"order"'
 */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll("?", "\\?")}"`;
}

/** SQL of the project's own in a statement of ours: a question mark in it is no place of a value. */
export function escapeSql(sql: string): string {
  return sql.replaceAll("?", "\\?");
}
