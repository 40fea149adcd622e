import type { ColumnMap, TableMap } from "../mapping/table-map.js";

/** The primary key of a record as a text, equal for equal keys. */
export function keyTextOf({ primaryKey }: TableMap, record: Readonly<Record<string, unknown>>): string {
  const [single] = primaryKey;
  if (single !== undefined && primaryKey.length === 1) return String(single.keyOf(record[single.name]));
  return JSON.stringify(primaryKey.map(({ name, keyOf }) => String(keyOf(record[name]))));
}

/** Values of some columns as a text, equal for equal values; undefined where one is null, which is equal to nothing. */
export function keyTextOfValues(
  columns: readonly ColumnMap[],
  values: readonly unknown[],
): string | undefined {
  if (values.some((value) => value === null || value === undefined)) return undefined;
  return JSON.stringify(columns.map(({ keyOf }, index) => String(keyOf(values[index]))));
}
