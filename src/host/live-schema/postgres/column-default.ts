import type { AttributeType } from "../../../runtime/attribute-type.js";
import type { ColumnDefault } from "../../../migrations/snapshot.js";
import type { ColumnRow } from "./catalogue.js";
import { readArrayConstructor, readLiteral, removeParentheses } from "./literal.js";
import { parseArrayLiteral, type ArrayItem } from "./array-literal.js";

type Value = Extract<ColumnDefault, { kind: "value" }>["value"];

/** The default of a column, or undefined where there is none; whatever is no plain value stays SQL. */
export function readColumnDefault(column: ColumnRow, type: AttributeType): ColumnDefault | undefined {
  if (column.identity !== "") return { kind: "identity", always: column.identity === "a" };
  if (column.default === null || column.generated !== "") return undefined;
  if (isOwnSequence(column, type)) return { kind: "increment" };
  return readExpression(column.default, type);
}

/** A `smallserial` is not what migrations make of a column that counts: its default stays SQL. */
function isOwnSequence({ default: sql, sequence }: ColumnRow, type: AttributeType): boolean {
  const { kind, databaseType } = type;
  if (sequence === null || databaseType !== undefined || (kind !== "integer" && kind !== "bigint"))
    return false;
  const name = readLiteral(/^nextval\((.*)\)$/.exec(sql ?? "")?.[1] ?? "")?.text;
  return (
    name === sequence ||
    name?.replace(/^(?:[\w$]+|"(?:[^"]|"")*")\./, "").replaceAll('"', "") === sequence.replaceAll('"', "")
  );
}

function readExpression(sql: string, type: AttributeType): ColumnDefault | undefined {
  if (isMoment(type) && /^(?:now\(\)|CURRENT_TIMESTAMP)$/.test(sql)) return { kind: "now" };
  if (type.kind === "uuid" && sql === "gen_random_uuid()") return { kind: "uuid" };
  const literal = readLiteral(sql);
  if (literal?.isNull === true) return undefined;
  const value = literal === undefined ? readConstructor(sql, type) : readValue(literal.text, type);
  return value === undefined ? { kind: "sql", sql: removeParentheses(sql) } : { kind: "value", value };
}

function isMoment({ kind }: AttributeType): boolean {
  return kind === "datetime" || kind === "date" || kind === "time";
}

/** `ARRAY['new'::text]`, which is what becomes of a default that was written so. */
function readConstructor(sql: string, type: AttributeType): Value | undefined {
  return type.kind === "array" ? readItems(readArrayConstructor(sql), type) : undefined;
}

/** The value in a literal's text, as snapshots hold it; undefined where the text is not of the type. */
function readValue(text: string, type: AttributeType): Value | undefined {
  if (type.kind === "array") return readItems(parseArrayLiteral(text), type);
  const read = readers[type.kind];
  return read === undefined ? text : read(text);
}

function readItems(
  items: readonly ArrayItem[] | undefined,
  type: Extract<AttributeType, { kind: "array" }>,
): readonly unknown[] | undefined {
  const read = items?.map((item) => {
    if (Array.isArray(item)) return type.of.kind === "array" ? readItems(item, type.of) : undefined;
    return item === null ? null : readValue(String(item), type.of);
  });
  return read === undefined || read.includes(undefined) ? undefined : read;
}

type Read = (text: string) => Value | undefined;

const readNumber: Read = (text) =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;

const readers: Partial<Record<AttributeType["kind"], Read>> = {
  integer: readNumber,
  float: readNumber,
  boolean: (text) => ({ true: true, t: true, false: false, f: false })[text],
  datetime: readMoment,
  json: (text) => readJson(text),
  binary: readBytes,
};

/** `2026-11-22 19:00:00+00`; without a zone it is no moment that JavaScript knows. */
function readMoment(text: string): Value | undefined {
  const zoned = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?$/.test(text);
  const moment = zoned ? new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")) : undefined;
  if (moment !== undefined && !Number.isNaN(moment.getTime())) return moment.toISOString();
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(text) ? text : undefined;
}

function readJson(text: string): Value | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bytes that are a text; a snapshot can hold no others. */
function readBytes(text: string): Value | undefined {
  if (!/^\\x[0-9a-f]*$/.test(text)) return undefined;
  const bytes = Buffer.from(text.slice(2), "hex");
  const read = bytes.toString("utf8");
  return Buffer.from(read).equals(bytes) ? read : undefined;
}
