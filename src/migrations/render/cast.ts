import type { AttributeType, AttributeTypeKind } from "../../runtime/attribute-type.js";

type Kinds = readonly AttributeTypeKind[];

const textual: Kinds = ["string", "text", "enum"];
const numeric: Kinds = ["integer", "bigint", "float", "decimal"];

/** What else PostgreSQL casts by itself, apart from texts, which it casts to and from everything. */
const directCasts: Partial<Record<AttributeTypeKind, Kinds>> = {
  integer: [...numeric, "boolean"],
  bigint: numeric,
  float: numeric,
  decimal: numeric,
  boolean: ["integer"],
  date: ["datetime"],
  datetime: ["date", "time"],
  json: [...numeric, "boolean"],
};

/** Can PostgreSQL cast the one type to the other? Where it cannot, a value goes through its text. */
export function hasDirectCast(from: AttributeType, to: AttributeType): boolean {
  if (from.kind === "array" && to.kind === "array") return hasDirectCast(from.of, to.of);
  if (from.kind === to.kind || textual.includes(from.kind) || textual.includes(to.kind)) return true;
  return directCasts[from.kind]?.includes(to.kind) ?? false;
}
