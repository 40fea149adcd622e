import { parseTableKey } from "../table-key.js";
import { quote } from "./source.js";

/** `knex.schema`, or `knex.schema.withSchema("billing")` for a table in a schema of its own. */
export function renderSchema(table: string): string {
  const { schema } = parseTableKey(table);
  return schema === undefined ? "knex.schema" : `knex.schema.withSchema(${quote(schema)})`;
}

/** The table's name as an argument, beside `renderSchema`. */
export function renderTableName(table: string): string {
  return quote(parseTableKey(table).name);
}

/** A table as Knex takes it where there is no `withSchema`: `"billing.invoices"`. */
export function renderPath(table: string): string {
  const { schema, name } = parseTableKey(table);
  return quote(schema === undefined ? name : `${schema}.${name}`);
}
