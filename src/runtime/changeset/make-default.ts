import type { AttributeDefinition } from "../attribute-type.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import { generateValue } from "../values/generate-value.js";
import { castValue } from "./read-input.js";

/** The value that a default makes, cast by its type as if it were given; undefined where the database makes it. */
export function makeDefault(
  table: TableMap,
  attribute: AttributeDefinition,
  { now, issues }: { readonly now: Date; readonly issues: Issue[] },
): unknown {
  const made = generateValue(attribute.default, now);
  if (made === undefined) return undefined;
  if (made.value instanceof Date) return writeMoment(attribute, made.value);
  if (attribute.default?.kind === "generated") return made.value;
  return made.value === undefined ? undefined : castValue(attribute, made.value, table, issues);
}

/** A moment as the attribute holds it: the date or the time that it has in UTC. */
function writeMoment({ type }: AttributeDefinition, moment: Date): unknown {
  if (type.kind === "date") return moment.toISOString().slice(0, 10);
  return type.kind === "time" ? moment.toISOString().slice(11, 19) : moment;
}
