import type { TableMap } from "../mapping/table-map.js";

/** The primary key of a record as a text, equal for equal keys. */
export function keyTextOf({ primaryKey }: TableMap, record: Readonly<Record<string, unknown>>): string {
  const [single] = primaryKey;
  if (single !== undefined && primaryKey.length === 1) return String(single.keyOf(record[single.name]));
  return JSON.stringify(primaryKey.map(({ name, keyOf }) => String(keyOf(record[name]))));
}
