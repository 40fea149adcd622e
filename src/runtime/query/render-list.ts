import type { Fragment } from "../mapping/fragment.js";
import { bindValue, type ColumnMap } from "../mapping/table-map.js";
import type { DatabaseKind } from "../values/database.js";
import { bindList, canListBind, unnestType } from "../values/list-binding.js";

interface List {
  readonly values: readonly unknown[];
  readonly isIn: boolean;
  readonly database: DatabaseKind;
}

/** One binding for the whole list, however long: the databases allow only so many bindings in a statement. */
export function renderList(place: string, column: ColumnMap, { values, isIn, database }: List): Fragment {
  const { type } = column.attribute;
  if (!canListBind(type, database)) return renderEach(place, column, { values, isIn, database });
  const bindings = [bindList(type, values, database)];
  if (database === "sqlite") {
    return { sql: `${place} ${isIn ? "in" : "not in"} (select value from json_each(?))`, bindings };
  }
  const { parameter, cast } = unnestType(type);
  if (cast === undefined) {
    return { sql: `${place} ${isIn ? "= any" : "<> all"}(?::${parameter})`, bindings };
  }
  const rows = `(select list.value::${cast} from unnest(?::${parameter}) as list(value))`;
  return { sql: `${place} ${isIn ? "in" : "not in"} ${rows}`, bindings };
}

function renderEach(place: string, column: ColumnMap, { values, isIn }: List): Fragment {
  if (values.length === 0) return { sql: isIn ? "1 = 0" : "1 = 1", bindings: [] };
  return {
    sql: `${place} ${isIn ? "in" : "not in"} (${values.map(() => "?").join(", ")})`,
    bindings: values.map((value) => bindValue(column, value)),
  };
}
