/**
 * A name as SQL takes it, in PostgreSQL and SQLite alike. A question mark would be taken by Knex for the place of a value.
 *
 * @example
 * quoteName("order"); // '"order"'
 */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll("?", "\\?")}"`;
}
