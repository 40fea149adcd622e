import { isJsonObject } from "./json-reader.js";

/** How wide a list may be and still stand on one line: what Prettier takes for JSON unless told otherwise. */
const WIDTH = 80;

/**
 * JSON with sorted keys, the same on every machine, laid out as Prettier leaves it alone: a key a line, and a short list
 * on the line of its key.
 */
export function stringifySorted(value: unknown): string {
  return stringifyAt(value, "", 0);
}

/** @param used how many columns the line holds before the value, the indentation included */
function stringifyAt(value: unknown, indentation: string, used: number): string {
  const inner = `${indentation}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => stringifyAt(item, "", 0)).join(", ")}]`;
    if (!line.includes("\n") && used + line.length < WIDTH) return line;
    return wrap(
      "[",
      value.map((item) => inner + stringifyAt(item, inner, inner.length)),
      `${indentation}]`,
    );
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const lines = entries.sort(byKey).map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + stringifyAt(item, inner, start.length);
  });
  return wrap("{", lines, `${indentation}}`);
}

function wrap(opening: string, lines: readonly string[], closing: string): string {
  return lines.length === 0 ? opening + closing.trim() : [opening, lines.join(",\n"), closing].join("\n");
}

/** Keys are compared by code unit, not by the rules of some language. */
function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
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
