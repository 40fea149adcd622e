import type { AttributeType, AttributeTypeKind } from "../runtime/attribute-type.js";
import { hasSameContent } from "./canonical-json.js";

/**
 * What a change of type does to the values that are there: every one fits (`safe`), some may not (`narrowing`), or none
 * can be read as the new type unless somebody says how (`castless`).
 */
export type TypeChange = "safe" | "narrowing" | "castless";

/**
 * What becomes of the values of one type in another.
 *
 * @example
 * classifyTypeChange({ kind: "integer" }, { kind: "bigint" }); // "safe"
 * classifyTypeChange({ kind: "text" }, { kind: "integer" }); // "narrowing"
 * classifyTypeChange({ kind: "integer" }, { kind: "uuid" }); // "castless"
 */
export function classifyTypeChange(before: AttributeType, after: AttributeType): TypeChange {
  if (hasSameContent(before, after)) return "safe";
  if (before.databaseType !== after.databaseType) {
    return isRoomier(before, after) ? classifyTypeChange(widest(before), after) : "narrowing";
  }
  if (before.kind === "array" && after.kind === "array") return classifyTypeChange(before.of, after.of);
  if (before.kind === "array" || after.kind === "array") return classifyList(before, after);
  if (before.kind === after.kind) return isNarrower(before, after) ? "narrowing" : "safe";
  if (after.kind === "text" || widenings[before.kind]?.includes(after.kind)) return "safe";
  if (isWhole(before) && after.kind === "decimal" && wholeDigits(after) >= 19) return "safe";
  if (after.kind === "string") return fitsText(before, after) ? "safe" : "narrowing";
  if (isText(before) || after.kind === "enum") return "narrowing";
  return narrowings[before.kind]?.includes(after.kind) ? "narrowing" : "castless";
}

/** Types of PostgreSQL whose values all are values of the plain type of their kind. */
const tighter: Partial<Record<AttributeTypeKind, readonly string[]>> = {
  integer: ["smallint", "int2"],
  text: ["character varying", "varchar"],
  float: ["real", "float4"],
};

function isRoomier(before: AttributeType, after: AttributeType): boolean {
  const { databaseType = "" } = before;
  return after.databaseType === undefined && tighter[before.kind]?.includes(databaseType) === true;
}

function widest({ databaseType: _, ...type }: AttributeType): AttributeType {
  return type;
}

type Kinds = readonly AttributeTypeKind[];

/** Where every value has its like. */
const widenings: Partial<Record<AttributeTypeKind, Kinds>> = {
  integer: ["bigint", "float"],
  boolean: ["integer"],
  date: ["datetime"],
};

/** Where PostgreSQL has a cast, and some values are rounded, cut or refused. */
const narrowings: Partial<Record<AttributeTypeKind, Kinds>> = {
  integer: ["boolean", "decimal"],
  bigint: ["integer", "float", "decimal"],
  float: ["integer", "bigint", "decimal"],
  decimal: ["integer", "bigint", "float"],
  datetime: ["date", "time"],
  json: ["integer", "bigint", "float", "decimal", "boolean"],
};

function isWhole({ kind }: AttributeType): boolean {
  return kind === "integer" || kind === "bigint";
}

/** A list reads as a text, and a text as a list if it is written like one; nothing else becomes a list by itself. */
function classifyList(before: AttributeType, after: AttributeType): TypeChange {
  if (after.kind === "text") return "safe";
  if (after.kind === "string") return "narrowing";
  return isText(before) ? "narrowing" : "castless";
}

function isText({ kind }: AttributeType): boolean {
  return kind === "string" || kind === "text" || kind === "enum";
}

/** Does the type of the same kind take fewer values? */
function isNarrower(before: AttributeType, after: AttributeType): boolean {
  if (before.kind === "string" && after.kind === "string") return lengthOf(after) < lengthOf(before);
  if (before.kind === "enum" && after.kind === "enum") {
    return before.values.some((value) => !after.values.includes(value));
  }
  if (before.kind === "decimal" && after.kind === "decimal") return isLessPrecise(before, after);
  return before.kind === "array" && after.kind === "array" && isNarrower(before.of, after.of);
}

type TextOfLength = Extract<AttributeType, { kind: "string" }>;

/** What a `string` without a length is in a database. */
function lengthOf({ length = 255 }: TextOfLength): number {
  return length;
}

/** The most characters that a value of a type takes as a text. */
const textLengths: Partial<Record<AttributeTypeKind, number>> = {
  integer: 11,
  bigint: 20,
  float: 25,
  boolean: 5,
  uuid: 36,
  date: 13,
  time: 15,
  datetime: 40,
};

function fitsText(before: AttributeType, after: TextOfLength): boolean {
  const length =
    before.kind === "enum"
      ? Math.max(0, ...before.values.map((value) => [...value].length))
      : textLengths[before.kind];
  return length !== undefined && length <= lengthOf(after);
}

type Decimal = Extract<AttributeType, { kind: "decimal" }>;

function isLessPrecise(before: Decimal, after: Decimal): boolean {
  return wholeDigits(after) < wholeDigits(before) || scaleOf(after) < scaleOf(before);
}

function wholeDigits({ precision = Infinity, scale = 0 }: Decimal): number {
  return precision - scale;
}

function scaleOf({ precision, scale = 0 }: Decimal): number {
  return precision === undefined ? Infinity : scale;
}

/** Are both the same but for a length, a precision or words? */
export function isSameKind(before: AttributeType, after: AttributeType): boolean {
  if (before.databaseType !== after.databaseType) return false;
  if (before.kind === "array" && after.kind === "array") return isSameKind(before.of, after.of);
  return before.kind === after.kind;
}

/** A type as `--attributes` and sentences name it: `string(80)`, `integer[]`, `enum(draft,done)`. */
export function nameType(type: AttributeType): string {
  if (type.databaseType !== undefined) return type.databaseType;
  switch (type.kind) {
    case "array":
      return `${nameType(type.of)}[]`;
    case "string":
      return nameBounds("string", [type.length]);
    case "decimal":
      return nameBounds("decimal", [type.precision, type.scale]);
    case "enum":
      return type.native ?? nameBounds("enum", type.values);
    default:
      return type.kind;
  }
}

function nameBounds(kind: string, bounds: readonly (string | number | undefined)[]): string {
  const given = bounds.filter((bound) => bound !== undefined);
  return given.length === 0 ? kind : `${kind}(${given.join(",")})`;
}
