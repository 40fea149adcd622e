import { isJsonObject } from "./json-reader.js";

/** JSON whose keys are sorted, the same on every machine. */
export function stringifySorted(value: unknown, indentation = 0): string {
  return JSON.stringify(value, sortKeys, indentation);
}

/** Would both be the same JSON? The order of keys does not count, that of lists does. */
export function hasSameContent(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((item, position) => hasSameContent(item, other[position]))
    );
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => hasSameContent(one[key], other[key]));
}

/** A replacer for `JSON.stringify`. Keys are compared by code unit, not by the rules of some language. */
function sortKeys(_key: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
