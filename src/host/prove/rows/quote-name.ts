import { parseTableKey } from "../../../support/table-key.js";

/** A name for `knex.raw`, which takes a bare question mark for the place of a value. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""').replaceAll("?", "\\?")}"`;
}

/** A table by its key, for `knex.raw`. */
export function quoteTable(key: string): string {
  const { schema, name } = parseTableKey(key);
  return schema === undefined ? quoteName(name) : `${quoteName(schema)}.${quoteName(name)}`;
}
