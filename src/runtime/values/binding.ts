import type { AttributeType } from "../attribute-type.js";
import { writeArrayLiteral } from "./array-literal.js";
import type { DatabaseKind } from "./database.js";
import { writeSqliteMoment } from "./sqlite-moment.js";
import { type TypeVisitor, type TypeOf, visitType } from "./visit-type.js";

/** From a canonical value to what is bound. */
export type Binding = (value: unknown) => unknown;

/**
 * From a canonical value (never null) to what is bound; undefined where that is the same.
 *
 * @example
 * createBinding({ kind: "datetime" }, "sqlite")?.(new Date(0)); // "1970-01-01 00:00:00"
 */
export function createBinding(type: AttributeType, database: DatabaseKind): Binding | undefined {
  return visitType(type, bindings[database]);
}

const asItIs = (): undefined => undefined;

const common = {
  string: asItIs,
  text: asItIs,
  integer: asItIs,
  float: asItIs,
  uuid: asItIs,
  date: asItIs,
  time: asItIs,
  enum: asItIs,
  // Values are canonical: of binary attributes bytes, of datetimes dates, of arrays lists.
  binary: () => (value: unknown) => toBuffer(value as Uint8Array),
};

const bindings: Record<DatabaseKind, TypeVisitor<Binding | undefined>> = {
  postgres: {
    ...common,
    bigint: () => String,
    decimal: asItIs,
    boolean: asItIs,
    // The driver would write local time with an offset in whole minutes, which old time zones are not.
    datetime: () => (value) => (value as Date).toISOString(),
    json: () => (value) => JSON.stringify(value),
    array: createLiteralBinding,
  },
  sqlite: {
    ...common,
    bigint: asItIs,
    // A canonical value, as above.
    datetime: () => (value) => writeSqliteMoment(value as Date),
    // SQLite itself is not exact in the last digit when it reads a number from a text.
    decimal: () => Number,
    boolean: () => Number,
    // For the same reason; and the column makes a number of a text of digits anyway.
    json: () => (value) => (typeof value === "number" ? value : JSON.stringify(value)),
    array: (type) => {
      const encode = createJsonEncoding(type);
      return (value) => JSON.stringify(encode === undefined ? value : encode(value));
    },
  },
};

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function createLiteralBinding({ of }: TypeOf<"array">): Binding {
  const bind = createElementBinding(of);
  return (value) => writeArrayLiteral(mapElements(value, bind));
}

/** Arrays in arrays stay arrays, for the literal to nest them. */
function createElementBinding(type: AttributeType): Binding | undefined {
  if (type.kind !== "array") return createBinding(type, "postgres");
  const bind = createElementBinding(type.of);
  return (value) => mapElements(value, bind);
}

function mapElements(value: unknown, convert: Binding | undefined): readonly unknown[] {
  // A canonical value of an array.
  const elements = value as readonly unknown[];
  return convert === undefined ? elements : elements.map(convert);
}

/** What an element is in the JSON text that holds an array in SQLite: whatever JSON would change is a text there. */
function createJsonEncoding(type: AttributeType): Binding | undefined {
  if (type.kind === "bigint") return String;
  // A canonical value of the type.
  if (type.kind === "binary") return (value) => toBuffer(value as Uint8Array).toString("base64");
  if (type.kind === "datetime") return createBinding(type, "sqlite");
  if (type.kind !== "array") return undefined;
  const encode = createJsonEncoding(type.of);
  return encode && ((value) => mapElements(value, encode));
}
