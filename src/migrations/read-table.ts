import type { AttributeType, AttributeTypeKind } from "../runtime/attribute-type.js";
import {
  type JsonObject,
  type Placed,
  type Report,
  at,
  isAbsent,
  readBoolean,
  readEach,
  readNumber,
  readString,
  readStrings,
  readWord,
} from "./json-reader.js";
import type {
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "./snapshot.js";

/** The table in a snapshot file's content; whatever is not as it has to be is reported with its place. */
export function readTable(content: JsonObject, report: Report): TableSnapshot {
  const root: Placed = { value: content, place: "", report };
  const primaryKey = at(root, "primaryKey");
  return {
    name: readString(at(root, "name")),
    columns: readEach(at(root, "columns"), readColumn),
    ...(!isAbsent(primaryKey) && { primaryKey: readPrimaryKey(primaryKey) }),
    indexes: readEach(at(root, "indexes"), readIndex),
    foreignKeys: readEach(at(root, "foreignKeys"), readForeignKey),
  };
}

function readColumn(name: string, placed: Placed): ColumnSnapshot {
  const columnDefault = at(placed, "default");
  const comment = at(placed, "comment");
  return {
    name,
    type: readType(at(placed, "type")),
    nullable: readBoolean(at(placed, "nullable")),
    ...(!isAbsent(columnDefault) && { default: readDefault(columnDefault) }),
    ...(!isAbsent(comment) && { comment: readString(comment) }),
  };
}

function readPrimaryKey(placed: Placed): PrimaryKeySnapshot {
  return { name: readString(at(placed, "name")), columns: readStrings(at(placed, "columns")) };
}

function readIndex(name: string, placed: Placed): IndexSnapshot {
  return { name, columns: readStrings(at(placed, "columns")), unique: readBoolean(at(placed, "unique")) };
}

function readForeignKey(name: string, placed: Placed): ForeignKeySnapshot {
  const references = at(placed, "references");
  return {
    name,
    columns: readStrings(at(placed, "columns")),
    references: {
      table: readString(at(references, "table")),
      columns: readStrings(at(references, "columns")),
    },
    onDelete: readWord(at(placed, "onDelete"), ["cascade", "restrict", "set null", "no action"]),
  };
}

function readDefault(placed: Placed): ColumnDefault {
  const kind = readWord(at(placed, "kind"), ["value", "uuid", "now", "increment"]);
  if (kind !== "value") return { kind };
  const value = at(placed, "value");
  if (isAbsent(value)) placed.report(value.place, "a value");
  return { kind, value: value.value as Extract<ColumnDefault, { kind: "value" }>["value"] };
}

const typeReaders: {
  readonly [Kind in AttributeTypeKind]: (placed: Placed) => Extract<AttributeType, { kind: Kind }>;
} = {
  string: (placed) => ({ kind: "string", ...readOptionalNumber(placed, "length") }),
  text: () => ({ kind: "text" }),
  integer: () => ({ kind: "integer" }),
  bigint: () => ({ kind: "bigint" }),
  float: () => ({ kind: "float" }),
  decimal: (placed) => ({
    kind: "decimal",
    ...readOptionalNumber(placed, "precision"),
    ...readOptionalNumber(placed, "scale"),
  }),
  boolean: () => ({ kind: "boolean" }),
  uuid: () => ({ kind: "uuid" }),
  date: () => ({ kind: "date" }),
  time: () => ({ kind: "time" }),
  datetime: () => ({ kind: "datetime" }),
  json: () => ({ kind: "json" }),
  binary: () => ({ kind: "binary" }),
  enum: (placed) => ({ kind: "enum", values: readStrings(at(placed, "values")) }),
  array: (placed) => ({ kind: "array", of: readType(at(placed, "of")) }),
};

function readType(placed: Placed): AttributeType {
  const kinds = Object.keys(typeReaders) as [AttributeTypeKind, ...AttributeTypeKind[]];
  return typeReaders[readWord(at(placed, "kind"), kinds)](placed);
}

function readOptionalNumber<const Key extends string>(
  placed: Placed,
  key: Key,
): { readonly [K in Key]?: number } {
  const number = at(placed, key);
  if (isAbsent(number)) return {};
  return { [key]: readNumber(number) } as { readonly [K in Key]?: number };
}
