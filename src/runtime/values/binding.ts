import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";

/** From a canonical value (never null) to what is bound; undefined where that is the same. */
export function createBinding(
  type: AttributeType,
  _database: DatabaseKind,
): ((value: unknown) => unknown) | undefined {
  return type.kind === "json" ? (value) => JSON.stringify(value) : undefined;
}
