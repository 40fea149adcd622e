import type { AttributeType } from "../attribute-type.js";
import { normalizeTime } from "./cast-calendar.js";
import type { DatabaseKind } from "./database.js";
import { findScale, formatDecimal, parseDecimal, writeNumber } from "./decimal.js";
import { readMoment } from "./sqlite-moment.js";
import { type TypeOf, type TypeVisitor, visitType } from "./visit-type.js";

/** From what a driver gives to what a record holds. */
export type StoredCast = (stored: unknown) => unknown;

/**
 * From what the driver gives (never null) to what a record holds; undefined where that is the same already. Nothing is
 * refused: what others wrote is given back as near to the canonical form as it comes.
 *
 * @example
 * createStoredCast({ kind: "bigint" }, "postgres")?.("9007199254740993"); // 9007199254740993n
 */
export function createStoredCast(type: AttributeType, database: DatabaseKind): StoredCast | undefined {
  return visitType(type, storedCasts[database]);
}

const asItIs = (): undefined => undefined;

const common = {
  string: asItIs,
  text: asItIs,
  integer: asItIs,
  float: asItIs,
  uuid: asItIs,
  enum: asItIs,
  bigint: () => readBigint,
  decimal: createDecimalCast,
  date: () => readDate,
  datetime: () => readMoment,
  binary: () => readBytes,
};

const storedCasts: Record<DatabaseKind, TypeVisitor<StoredCast | undefined>> = {
  postgres: {
    ...common,
    boolean: asItIs,
    time: asItIs,
    json: asItIs,
    array: (type) => createArrayCast(type, ({ of }) => createStoredCast(of, "postgres")),
  },
  sqlite: {
    ...common,
    boolean: () => readBoolean,
    // A default such as '09:00' stands there as it was written.
    time: () => (stored) => normalizeTime(String(stored)) ?? stored,
    json: () => readJson,
    array: (type) => createArrayCast(type, ({ of }) => createJsonDecoding(of)),
  },
};

function readBigint(stored: unknown): unknown {
  // Drivers give a whole number as one of these.
  return typeof stored === "bigint" ? stored : BigInt(stored as string | number);
}

/** As SQL has it in SQLite: everything but zero is true. */
function readBoolean(stored: unknown): boolean {
  return typeof stored === "boolean" ? stored : Number(stored) !== 0;
}

/** SQLite gives numbers; so does a project's own parser in PostgreSQL. */
function createDecimalCast(type: TypeOf<"decimal">): StoredCast {
  const scale = findScale(type);
  return (stored) => {
    const text = typeof stored === "number" ? writeRounded(stored, scale) : String(stored);
    const decimal = parseDecimal(text);
    return decimal === undefined ? text : formatDecimal(decimal, scale);
  };
}

/** SQLite's column is a floating-point number and keeps no scale. `toFixed` takes up to 100 digits, and writes 1e21 with an exponent. */
function writeRounded(stored: number, scale: number | undefined): string {
  const isFixable = scale !== undefined && scale <= 100 && Math.abs(stored) < 1e21;
  return isFixable ? stored.toFixed(scale) : writeNumber(stored);
}

/** The driver of PostgreSQL makes a Date at local midnight; so does Knex for SQLite of what others bind. */
function readDate(stored: unknown): unknown {
  if (typeof stored === "string") return stored;
  return writeLocalDate(stored instanceof Date ? stored : new Date(Number(stored)));
}

function writeLocalDate(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-");
}

/** A plain view on the bytes of a Buffer; `libsql` gives an ArrayBuffer. */
function readBytes(stored: unknown): unknown {
  if (stored instanceof ArrayBuffer) return new Uint8Array(stored);
  if (!(stored instanceof Uint8Array)) return stored;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

/** SQLite's column makes a number of a text of digits. */
function readJson(stored: unknown): unknown {
  return typeof stored === "string" ? JSON.parse(stored) : stored;
}

/** Elements may be null where others wrote them; PostgreSQL nests arrays of any depth under one type. */
function createArrayCast(
  type: TypeOf<"array">,
  createElementCast: (type: TypeOf<"array">) => StoredCast | undefined,
): StoredCast {
  const castElement = createElementCast(type);
  return (stored) => {
    // A column of arrays holds nothing else.
    const elements = readJson(stored) as readonly unknown[];
    if (castElement === undefined) return elements;
    return elements.map((element) => (element === null ? null : castElement(element)));
  };
}

/** From what stands in the JSON text that holds an array in SQLite. */
function createJsonDecoding(type: AttributeType): StoredCast | undefined {
  if (type.kind === "json") return undefined;
  if (type.kind === "binary") return (stored) => readBytes(Buffer.from(String(stored), "base64"));
  return createStoredCast(type, "sqlite");
}
