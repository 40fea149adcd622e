import type { AttributeType } from "../attribute-type.js";

/** A key under which equal values of a type meet in a Map. */
export function createValueKey(type: AttributeType): (value: unknown) => string | number | bigint | boolean {
  if (type.kind === "datetime") return (value) => (value as Date).getTime();
  return (value) => value as string | number | bigint | boolean;
}
