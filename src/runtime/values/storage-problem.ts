import type { AttributeDefinition } from "../attribute-type.js";
import type { ValueProblem } from "./cast-result.js";
import type { DatabaseKind } from "./database.js";

/** What keeps a database from holding a canonical value as it is; undefined where it can. */
export function findStorageProblem(
  _attribute: AttributeDefinition,
  _value: unknown,
  _database: DatabaseKind,
): ValueProblem | undefined {
  return undefined;
}
