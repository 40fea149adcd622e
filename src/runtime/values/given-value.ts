const SHOWN_CHARACTERS = 40;

/** A value as a message quotes it: short, and without what an object holds. */
export function describeGiven(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (typeof value === "bigint") return `${shorten(String(value))}n`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (typeof value === "object" && value !== null) return describeObject(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The first 40 characters, and an ellipsis where there were more. */
export function shorten(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  return `${Array.from(text.slice(0, 2 * SHOWN_CHARACTERS))
    .slice(0, SHOWN_CHARACTERS)
    .join("")}…`;
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return "an array";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  return value instanceof Uint8Array ? "bytes" : "an object";
}
