import { splitWords } from "../../support/casing.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import type { Reference } from "./find-references.js";
import { findStem } from "./name-relationships.js";

/**
 * The columns that are called as the relationship would be: after the resource that they lead to, as `area` or
 * `begin_area` to `Area`, or from a table to itself, as `parent`. They leave it the name.
 *
 * @example
 * findYielding(definition, references); // Set { "begin_area" }
 */
export function findYielding(
  definition: ResourceDefinition,
  references: readonly Reference[],
): ReadonlySet<string> {
  const isAlone = ({ attribute }: Reference) =>
    references.filter((other) => other.attribute === attribute).length === 1;
  const yielding = references.filter((each) => isAlone(each) && isCalledAsTarget(definition, each));
  return new Set(yielding.map(({ attribute }) => attribute.column));
}

function isCalledAsTarget(definition: ResourceDefinition, { attribute, target }: Reference): boolean {
  if (findStem(attribute.name) !== undefined) return false;
  const resource = splitWords(target.resource.name);
  const last = splitWords(attribute.name).slice(-resource.length);
  return target.definition === definition || last.join("_") === resource.join("_");
}
