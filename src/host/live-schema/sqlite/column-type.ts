import type { AttributeType } from "../../../runtime/attribute-type.js";

/**
 * The attribute type of a column by the type that was declared for it. What Knex would write for that type is told by
 * the kind alone; any other spelling is kept as `databaseType`.
 */
export function readColumnType(declared: string, collation: string | undefined): AttributeType {
  const written = declared.toLowerCase();
  const read = readDeclared(written);
  if (collation === undefined) return read;
  return { ...read, databaseType: `${read.databaseType ?? written} collate ${collation}` };
}

function readDeclared(written: string): AttributeType {
  const own = knexTypes[written] ?? readString(/^varchar\((\d+)\)$/.exec(written)?.[1]);
  // A column without a type holds what it is given, which is what `blob` means to SQLite.
  return own ?? { ...findKind(written), databaseType: written === "" ? "blob" : written };
}

/** What Knex writes for each kind; `float` may be a decimal, and `json` an array. */
const knexTypes: Readonly<Record<string, AttributeType>> = {
  text: { kind: "text" },
  integer: { kind: "integer" },
  bigint: { kind: "bigint" },
  float: { kind: "float" },
  boolean: { kind: "boolean" },
  "char(36)": { kind: "uuid" },
  date: { kind: "date" },
  time: { kind: "time" },
  datetime: { kind: "datetime" },
  json: { kind: "json" },
  blob: { kind: "binary" },
};

const usualLength = 255;

function readString(length: string | undefined): AttributeType | undefined {
  if (length === undefined) return undefined;
  return Number(length) === usualLength ? { kind: "string" } : { kind: "string", length: Number(length) };
}

/** By the words that people use, then by SQLite's own rules of affinity. */
function findKind(written: string): AttributeType {
  const length = /char\w*\s*\((\d+)\)/.exec(written)?.[1];
  if (length !== undefined) return { kind: "string", length: Number(length) };
  return kindPatterns.find(([pattern]) => pattern.test(written))?.[1] ?? { kind: "text" };
}

const kindPatterns: readonly (readonly [RegExp, AttributeType])[] = [
  [/bool|tinyint\(1\)/, { kind: "boolean" }],
  [/uuid|guid/, { kind: "uuid" }],
  [/timestamp|datetime/, { kind: "datetime" }],
  [/^date/, { kind: "date" }],
  [/^time/, { kind: "time" }],
  [/json/, { kind: "json" }],
  [/bigint|int8/, { kind: "bigint" }],
  [/int/, { kind: "integer" }],
  [/char|clob|text/, { kind: "text" }],
  [/blob|binary/, { kind: "binary" }],
  [/real|floa|doub/, { kind: "float" }],
  [/num|dec|money/, { kind: "decimal" }],
];
