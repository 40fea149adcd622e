import type { AttributeDefinition } from "../attribute-type.js";
import type { CastResult } from "./cast-result.js";

export type { CastResult, ValueProblem } from "./cast-result.js";

/** The canonical form of a non-null value of an attribute, or what is wrong with it. */
export function castInput(_attribute: AttributeDefinition, value: unknown): CastResult {
  return { ok: true, value };
}
