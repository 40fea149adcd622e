import type { AttributeType, AttributeTypeKind } from "../runtime/attribute-type.js";
import {
  type Placed,
  at,
  readNumber,
  readOptional,
  readString,
  readStrings,
  readWord,
} from "./json-reader.js";

const readers: {
  readonly [Kind in AttributeTypeKind]: (placed: Placed) => Extract<AttributeType, { kind: Kind }>;
} = {
  string: (placed) => ({ kind: "string", ...readOptional(placed, "length", readNumber) }),
  text: () => ({ kind: "text" }),
  integer: () => ({ kind: "integer" }),
  bigint: () => ({ kind: "bigint" }),
  float: () => ({ kind: "float" }),
  decimal: (placed) => ({
    kind: "decimal",
    ...readOptional(placed, "precision", readNumber),
    ...readOptional(placed, "scale", readNumber),
  }),
  boolean: () => ({ kind: "boolean" }),
  uuid: () => ({ kind: "uuid" }),
  date: () => ({ kind: "date" }),
  time: () => ({ kind: "time" }),
  datetime: () => ({ kind: "datetime" }),
  json: () => ({ kind: "json" }),
  binary: () => ({ kind: "binary" }),
  enum: (placed) => ({
    kind: "enum",
    values: readStrings(at(placed, "values")),
    ...readOptional(placed, "native", readString),
  }),
  array: (placed) => ({ kind: "array", of: readType(at(placed, "of")) }),
};

/** The type that stands at a place of a snapshot file. */
export function readType(placed: Placed): AttributeType {
  // Every kind has a reader, so there is one.
  const kinds = Object.keys(readers) as [AttributeTypeKind, ...AttributeTypeKind[]];
  const type = readers[readWord(at(placed, "kind"), kinds)](placed);
  return { ...type, ...readOptional(placed, "databaseType", readString) };
}
