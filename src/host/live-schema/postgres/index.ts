import type { IndexColumn, IndexSnapshot } from "../../../migrations/snapshot.js";
import type { IndexKeyRow, IndexRow } from "./catalogue.js";
import { removeParentheses } from "./literal.js";

/** An index as a snapshot says it. */
export function readIndex(row: IndexRow): IndexSnapshot {
  const include = row.keys.slice(row.ordered).flatMap(({ column }) => (column === null ? [] : [column]));
  return {
    name: row.name,
    columns: row.keys.slice(0, row.ordered).map(readKey),
    unique: row.unique,
    ...(row.where !== null && { where: removeParentheses(row.where) }),
    ...(row.method !== "btree" && { method: row.method }),
    ...(include.length > 0 && { include }),
    ...(row.equal && { nullsNotDistinct: true as const }),
    ...(row.constraint === "u" && { constraint: true as const }),
  };
}

function readKey({ column, text, collation, opclass, order }: IndexKeyRow): IndexColumn {
  const more = [collation === null ? "" : `collate ${collation}`, opclass ?? "", orders[order] ?? ""];
  const said = more.filter((word) => word !== "");
  return column !== null && said.length === 0 ? column : { sql: [text, ...said].join(" ") };
}

/** By the bits of the catalogue: 1 for descending, 2 for nulls first, which descending means unless it says else. */
const orders: readonly string[] = ["", "desc nulls last", "nulls first", "desc"];
