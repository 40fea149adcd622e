import type { AttributeType } from "../attribute-type.js";
import type { DatabaseKind } from "./database.js";

/** From what the driver gives (never null) to what a record holds; undefined where that is the same already. */
export function createStoredCast(
  type: AttributeType,
  database: DatabaseKind,
): ((stored: unknown) => unknown) | undefined {
  if (type.kind === "boolean" && database === "sqlite") return (stored) => stored === 1;
  if (type.kind === "bigint") return (stored) => BigInt(String(stored));
  return undefined;
}
