import type { AttributeDefinition } from "../attribute-type.js";
import type { ResourceDefinition } from "../resource-definition.js";

/** Attributes and their values. */
export type RecordKey = Readonly<Record<string, unknown>>;

/** What errors call a resource. */
export function nameResource({ name, table }: ResourceDefinition): string {
  return name === "" ? `record of "${table}"` : name;
}

/**
 * A record by its key; the value of a sensitive attribute is left out.
 *
 * @example
 * describeRecord(userTask, { userId: "a", taskId: "b" }); // UserTask with userId "a" and taskId "b"
 */
export function describeRecord(resource: ResourceDefinition, key: RecordKey = {}): string {
  const parts = Object.entries(key).map(([name, value]) => describePart(resource, name, value));
  return parts.length === 0 ? nameResource(resource) : `${nameResource(resource)} with ${joinWords(parts)}`;
}

function describePart(resource: ResourceDefinition, name: string, value: unknown): string {
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  return attribute === undefined || attribute.sensitive ? `this ${name}` : `${name} ${quoteValue(value)}`;
}

const longestValue = 80;

function quoteValue(value: unknown): string {
  const text = writeValue(value);
  return `"${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}"`;
}

/** A key can be whatever an outsider sent, so nothing of an object is called. */
function writeValue(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "[…]" : "{…}";
  return typeof value === "function" ? "() => …" : String(value);
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/** The attribute that a column holds. */
export function findByColumn(resource: ResourceDefinition, column: string): AttributeDefinition | undefined {
  return resource.attributes.find((attribute) => attribute.column === column);
}
