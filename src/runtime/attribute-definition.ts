import { toSnakeCase } from "../support/casing.js";
import type { AttributeDefinition } from "./attribute-type.js";
import type { AttributeOptions } from "./attribute.js";

/** An attribute or an argument once it has its name. */
export function buildAttribute([name, { options }]: readonly [
  string,
  { readonly options: AttributeOptions },
]): AttributeDefinition {
  return Object.freeze({ name, ...options, column: options.column ?? toSnakeCase(name) });
}
