import type { AnyResource } from "./resource.js";

/**
 * Is this a class made by `resource`, from this copy of ashlar or another?
 *
 * @example
 * Object.values(await import("./user.js")).filter(isResource); // [User]
 */
export function isResource(value: unknown): value is AnyResource {
  return typeof value === "function" && "definition" in value;
}
