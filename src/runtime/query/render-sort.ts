import type { Place } from "./render-condition.js";
import type { SortKey } from "./query-data.js";

/** `order by` without its words; undefined where nothing is sorted. */
export function renderSort(sort: readonly SortKey[], place: Place): string | undefined {
  return sort.length === 0 ? undefined : sort.map((key) => renderKey(key, place)).join(", ");
}

/** Where nulls stand is written unless the database and the column leave no choice. */
function renderKey(key: SortKey, place: Place): string {
  const { column, direction, nulls } = key;
  const natural = direction === "asc" ? "last" : "first";
  const isPlain = column.attribute.required || (place.table.database === "postgres" && nulls === natural);
  return `${placeOf(key, place)} ${direction}${isPlain ? "" : ` nulls ${nulls}`}`;
}

export function placeOf({ column, ofJoin }: SortKey, place: Place): string {
  return `${ofJoin ? (place.join?.alias ?? place.alias) : place.alias}.${column.column}`;
}
