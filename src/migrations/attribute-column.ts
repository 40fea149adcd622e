import type { ResourceDefinition } from "../runtime/resource-definition.js";

/** The column of an attribute that the resource is known to have (see `findDescriptionProblems`). */
export function columnOf(definition: ResourceDefinition, attribute: string): string {
  return definition.attributes.find(({ name }) => name === attribute)?.column ?? attribute;
}
