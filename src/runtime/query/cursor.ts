import { InvalidError } from "../errors/errors.js";
import { bindValue, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import { castInput } from "../values/cast-input.js";
import { needsText, type Position } from "./keyset.js";
import type { SortKey } from "./query-data.js";

/** A position in a sort as a text that can travel in an address. */
export function writeCursor(sort: readonly SortKey[], position: Position): string {
  const values = position.map((value) => (typeof value === "bigint" ? String(value) : value));
  return Buffer.from(JSON.stringify([describeSort(sort), ...values])).toString("base64url");
}

/**
 * The position that a cursor says, every value cast by the type of its attribute.
 *
 * @throws InvalidError where it is no cursor, or one of another sort
 */
export function readCursor(
  table: TableMap,
  sort: readonly SortKey[],
  { cursor, name }: { readonly cursor: unknown; readonly name: "after" | "before" },
): Position {
  const [written, ...values] = decode(cursor) ?? [];
  if (written !== describeSort(sort) || values.length !== sort.length) throw createCursorError(name);
  return sort.map((key, index) => {
    const value = readValue(table, key, values[index]);
    if (value === undefined) throw createCursorError(name);
    return value;
  });
}

function decode(cursor: unknown): readonly unknown[] | undefined {
  if (typeof cursor !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What is bound for a value of a cursor; undefined where it cannot be one. */
function readValue(table: TableMap, key: SortKey, value: unknown): unknown {
  const { column } = key;
  if (value === null) return column.attribute.required ? undefined : null;
  if (typeof value === "object") return undefined;
  const isText = needsText(key, { table });
  const cast = castInput(column.attribute, isText ? value : readBound(column, value));
  if (!cast.ok) return undefined;
  return isText ? value : bindValue(column, cast.value);
}

/** SQLite's own forms of moments, decimals and booleans stand in the cursor as they are bound. */
function readBound(column: ColumnMap, value: unknown): unknown {
  try {
    return column.cast === undefined ? value : column.cast(value);
  } catch {
    return undefined;
  }
}

function describeSort(sort: readonly SortKey[]): string {
  return sort.map(({ column, direction, nulls }) => `${column.name} ${direction} ${nulls}`).join(", ");
}

function createCursorError(name: string): InvalidError {
  return new InvalidError([
    {
      code: "page.cursor.invalid",
      message: `"${name}" is not a cursor of this query and its sort.`,
      hint: "Pass the startCursor or endCursor of a page that was read with the same sort, or none.",
      path: ["page", name],
    },
  ]);
}
