import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";

/** How a column stands in a select, where the driver would lose some of its value; undefined where as it is. */
export function selectedSql(
  type: AttributeType,
  database: DatabaseKind,
): ((quotedColumn: string) => string) | undefined {
  if (type.kind === "bigint" && database === "sqlite") return (column) => `cast(${column} as text)`;
  return undefined;
}
