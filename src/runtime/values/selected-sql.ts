import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";
import { isWithoutZone } from "./without-zone.js";

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
  if (isWithoutZone(type)) return (column) => `(${column} at time zone 'UTC')`;
  const element = findElement(type);
  if (type === element) return undefined;
  // The driver knows the arrays of PostgreSQL's own types alone, and gives others as one text.
  const isForeign =
    type.databaseType !== undefined || element.databaseType !== undefined || isNative(element);
  if (isForeign && typedInJson.has(element.kind)) return (column) => `to_jsonb(${column})`;
  if (!isForeign && element.kind !== "date" && element.kind !== "decimal") return undefined;
  return (column) => `to_jsonb(${column}::text[])`;
}

/** What JSON holds as the driver would give it; all else is exact as a text alone. */
const typedInJson = new Set<AttributeType["kind"]>(["integer", "float", "boolean", "json"]);

function isNative(type: AttributeType): boolean {
  return type.kind === "enum" && type.native !== undefined;
}

function findElement(type: AttributeType): AttributeType {
  return type.kind === "array" ? findElement(type.of) : type;
}
