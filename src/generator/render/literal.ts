import type { LiteralValue } from "../spec.js";

/**
 * A value as TypeScript source, in double quotes.
 *
 * @example
 * renderLiteral(["a", 1n]); // `["a", 1n]`
 */
export function renderLiteral(value: LiteralValue): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `new Date(${JSON.stringify(value)})`;
  if (Array.isArray(value)) return `[${value.map(renderLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return renderObject(Object.entries(value).map(renderEntry));
  return JSON.stringify(value);
}

/** Properties as an object literal on one line; empty where there are none. */
export function renderObject(properties: readonly string[]): string {
  return properties.length === 0 ? "{}" : `{ ${properties.join(", ")} }`;
}

/** A property name, quoted only where it must be; `__proto__` as a plain key would set the prototype. */
export function renderKey(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function renderEntry([key, value]: [string, LiteralValue]): string {
  return `${renderKey(key)}: ${renderLiteral(value)}`;
}
