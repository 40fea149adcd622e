import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";

/** How a column stands in a select. */
export type SelectedSql = (quotedColumn: string) => string;

/**
 * How a column stands in a select where its driver would lose some of the value, to be given its name by `as`; undefined
 * where it stands as it is. The same holds for `returning`, and for what gives a column's own value, such as `max`.
 *
 * @example
 * selectedSql({ kind: "bigint" }, "sqlite")?.('"views"'); // 'cast("views" as text)'
 */
export function selectedSql(type: AttributeType, database: DatabaseKind): SelectedSql | undefined {
  if (database === "postgres") return selectFromPostgres(type);
  return type.kind === "bigint" ? (column) => `cast(${column} as text)` : undefined;
}

/** `pg` makes a local midnight of a day, which a few zones do not have, and floats of the decimals in an array. */
function selectFromPostgres(type: AttributeType): SelectedSql | undefined {
  if (type.kind === "date") return (column) => `${column}::text`;
  const element = findElement(type);
  if (type === element || (element.kind !== "date" && element.kind !== "decimal")) return undefined;
  return (column) => `to_jsonb(${column}::text[])`;
}

function findElement(type: AttributeType): AttributeType {
  return type.kind === "array" ? findElement(type.of) : type;
}
