import type { AttributeType } from "../attribute-type.js";

export type ValueKey = string | number | bigint | boolean;

/**
 * A key under which equal canonical values of a type meet in a Map.
 *
 * @example
 * const keyOf = createValueKey({ kind: "datetime" });
 * keyOf(new Date(0)) === keyOf(new Date(0)); // true
 */
export function createValueKey(type: AttributeType): (value: unknown) => ValueKey {
  // The canonical value of a datetime is a date.
  if (type.kind === "datetime") return (value) => (value as Date).getTime();
  if (type.kind === "binary") return writeBytes;
  if (type.kind === "json") return (value) => JSON.stringify(value, sortKeys);
  if (type.kind === "array") return createArrayKey(type.of);
  // The values of all other types are their own keys.
  return (value) => value as ValueKey;
}

function writeBytes(value: unknown): string {
  // The canonical value of a binary attribute.
  const { buffer, byteOffset, byteLength } = value as Uint8Array;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** PostgreSQL does not keep the order of keys. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

function createArrayKey(type: AttributeType): (value: unknown) => string {
  const keyOf = createValueKey(type);
  // The canonical value of an array is a list.
  return (value) => JSON.stringify((value as readonly unknown[]).map((each) => String(keyOf(each))));
}
