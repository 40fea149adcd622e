/** Where a table is: its name, and its schema where that is not the connection's own. */
export interface TablePlace {
  readonly schema?: string;
  readonly name: string;
}

/**
 * The key of a table in a snapshot, which is also what people type: `users`, or `billing.invoices` in another schema. A
 * part that holds a dot or a quote stands in quotes, so that no two tables share a key.
 *
 * @example
 * buildTableKey({ schema: "billing", name: "invoices" }); // "billing.invoices"
 */
export function buildTableKey({ schema, name }: TablePlace): string {
  return schema === undefined ? buildPart(name) : `${buildPart(schema)}.${buildPart(name)}`;
}

/**
 * The key of what has the name and stands in the same schema as the table.
 *
 * @example
 * buildKeyBeside("billing.invoices", "orders"); // "billing.orders"
 */
export function buildKeyBeside(table: string, name: string): string {
  return buildTableKey({ ...parseTableKey(table), name });
}

function buildPart(name: string): string {
  return /[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/**
 * The place that a key names.
 *
 * @example
 * parseTableKey("billing.invoices"); // { schema: "billing", name: "invoices" }
 */
export function parseTableKey(key: string): TablePlace {
  const [first = key, second] = [...key.matchAll(/"(?:[^"]|"")*"|[^."]+/g)].map(([part]) => parsePart(part));
  return second === undefined ? { name: first } : { schema: first, name: second };
}

function parsePart(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
