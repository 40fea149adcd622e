import type { EnumSnapshot, Operation } from "../../operation.js";
import { findLostValues } from "../../enum-types.js";

/**
 * May another operation use a word that the type is to get? PostgreSQL lets nobody use it in the transaction that adds
 * it, not even as a default.
 */
export function usesNewWords(
  before: EnumSnapshot,
  after: EnumSnapshot,
  others: readonly Operation[],
): boolean {
  const words = findLostValues(after, before);
  const texts = others.map((operation) => JSON.stringify(operation, leaveTypes));
  return texts.some((text) => words.some((word) => text.includes(JSON.stringify(word).slice(1, -1))));
}

/** The list of words that a column's type holds is no use of them. */
function leaveTypes(key: string, value: unknown): unknown {
  return key === "type" || key === "name" || key === "table" ? undefined : value;
}
