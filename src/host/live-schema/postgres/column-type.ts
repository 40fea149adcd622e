import type { AttributeType } from "../../../runtime/attribute-type.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import type { ColumnRow, TypeRow } from "./catalogue.js";

/** The types that columns use, by their ids. */
export type TypeRows = ReadonlyMap<string, TypeRow>;

/**
 * The attribute type of a column. Where ashlar would choose another type of the database for it, the column's own is
 * kept as `databaseType`, as PostgreSQL writes it.
 */
export function readColumnType(column: ColumnRow, types: TypeRows): AttributeType {
  const type = findType(column.type, types);
  const read = readType({ ...column, type }, types);
  if (column.collation === null) return read;
  return { ...read, databaseType: `${read.databaseType ?? column.written} collate ${column.collation}` };
}

interface WrittenType {
  readonly type: TypeRow;
  /** What stands in parentheses after it, packed; -1 for nothing. */
  readonly modifier: number;
  readonly dimensions: number;
  /** As PostgreSQL writes it. */
  readonly written: string;
}

function readType(given: WrittenType, types: TypeRows): AttributeType {
  const { type, modifier, written } = given;
  if (type.kind === "d") return { ...readDomainBase(given, types), databaseType: written };
  if (type.element !== null) return readArray(given, type.element, types);
  if (type.kind === "e") return readEnum(type);
  const isSystems = type.schema === "pg_catalog";
  const read = isSystems ? systemTypes[type.name]?.(modifier) : extensionTypes[type.name];
  return read === undefined ? { kind: "text", databaseType: written } : withWritten(read, written);
}

/** PostgreSQL counts the dimensions of a declared array, though it holds any to the type. */
function readArray(given: WrittenType, element: string, types: TypeRows): AttributeType {
  const type = findType(element, types);
  const of = readType({ ...given, type, dimensions: 0, written: given.written.replace(/\[\]$/, "") }, types);
  return wrapInArrays(of, Math.max(1, given.dimensions));
}

function wrapInArrays(of: AttributeType, depth: number): AttributeType {
  return depth === 0 ? of : { kind: "array", of: wrapInArrays(of, depth - 1) };
}

function readEnum({ schema, own, name, words }: TypeRow): AttributeType {
  const native = buildTableKey(own ? { name } : { schema, name });
  return { kind: "enum", values: words ?? [], native };
}

function readDomainBase({ type }: WrittenType, types: TypeRows): AttributeType {
  const base = findType(type.base ?? "", types);
  const read = readType(
    { type: base, modifier: type.modifier, dimensions: type.dimensions, written: "" },
    types,
  );
  const { databaseType: _, ...kept } = read;
  return kept;
}

/** The mark of a type that ashlar would render otherwise. */
const otherwise = "";

function withWritten(type: AttributeType, written: string): AttributeType {
  return type.databaseType === otherwise ? { ...type, databaseType: written } : type;
}

function findType(id: string, types: TypeRows): TypeRow {
  const type = types.get(id);
  if (type === undefined) throw new Error(`The catalogue lacks the type ${id}.`);
  return type;
}

type ReadType = (modifier: number) => AttributeType;

const hasPrecision = (modifier: number): boolean => modifier >= 0;

/** The types that an attribute's kind fits; whatever else is there is read as the text that the database writes. */
const systemTypes: Readonly<Record<string, ReadType>> = {
  varchar: (modifier) =>
    modifier < 0 ? { kind: "text", databaseType: otherwise } : readString(modifier - 4),
  bpchar: (modifier) =>
    modifier < 0
      ? { kind: "text", databaseType: otherwise }
      : { kind: "string", length: modifier - 4, databaseType: otherwise },
  text: () => ({ kind: "text" }),
  int2: () => ({ kind: "integer", databaseType: otherwise }),
  int4: () => ({ kind: "integer" }),
  int8: () => ({ kind: "bigint" }),
  float4: () => ({ kind: "float", databaseType: otherwise }),
  float8: () => ({ kind: "float" }),
  numeric: readDecimal,
  bool: () => ({ kind: "boolean" }),
  uuid: () => ({ kind: "uuid" }),
  date: () => ({ kind: "date" }),
  time: (modifier) => ({ kind: "time", ...(hasPrecision(modifier) && { databaseType: otherwise }) }),
  timetz: () => ({ kind: "time", databaseType: otherwise }),
  timestamp: () => ({ kind: "datetime", databaseType: otherwise }),
  timestamptz: (modifier) => ({
    kind: "datetime",
    ...(hasPrecision(modifier) && { databaseType: otherwise }),
  }),
  json: () => ({ kind: "json", databaseType: otherwise }),
  jsonb: () => ({ kind: "json" }),
  bytea: () => ({ kind: "binary" }),
};

/** Types of extensions that hold what a kind of ours holds. */
const extensionTypes: Readonly<Record<string, AttributeType>> = {
  citext: { kind: "text", databaseType: otherwise },
};

/** A string without a length has this one. */
const usualLength = 255;

function readString(length: number): AttributeType {
  return length === usualLength ? { kind: "string" } : { kind: "string", length };
}

/** The precision is in the upper half; the scale, which may be negative, in eleven bits below. */
function readDecimal(modifier: number): AttributeType {
  if (modifier < 0) return { kind: "decimal" };
  const packed = modifier - 4;
  const scale = ((packed & 0x7ff) ^ 1024) - 1024;
  return { kind: "decimal", precision: (packed >> 16) & 0xffff, scale };
}
