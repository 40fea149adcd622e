import type { Fragment } from "../mapping/fragment.js";
import { bindValue, type ColumnMap } from "../mapping/table-map.js";
import type { DatabaseKind } from "../values/database.js";

/** Is a value among the elements of a list? Unknown where there is no list. SQLite keeps lists as JSON. */
export function renderElement(
  place: string,
  column: ColumnMap,
  { value, database }: { readonly value: unknown; readonly database: DatabaseKind },
): Fragment {
  const list = bindValue(column, [value]);
  if (database === "postgres") return { sql: `${place} @> ?`, bindings: [list] };
  const found = `exists (select 1 from json_each(${place}) as element where element.value = (select value from json_each(?)))`;
  return { sql: `case when ${place} is not null then ${found} end`, bindings: [list] };
}
