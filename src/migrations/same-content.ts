import { isDeepStrictEqual } from "node:util";

/** Is the one made of the same parts as the other? The order of keys does not count, the order of lists does. */
export function hasSameContent(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
