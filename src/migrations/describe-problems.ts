import { findTableProblems } from "../runtime/checks/table-rules.js";
import type { ResourceDefinition } from "../runtime/resource-definition.js";
import type { Problem } from "../support/problem.js";

/** Every attribute that is named and not there, and whatever else no table can be made of. */
export function findDescriptionProblems(definition: ResourceDefinition): readonly Problem[] {
  return [...findUnknownAttributes(definition), ...findTableProblems(definition)];
}

function findUnknownAttributes(definition: ResourceDefinition): readonly Problem[] {
  return attributeUses(definition)
    .filter(({ owner, attribute }) => !owner.attributes.some(({ name }) => name === attribute))
    .map(({ owner, attribute, user }) => ({
      code: "table.attribute.unknown",
      message: `${user} of ${definition.name} names "${attribute}", which ${owner.name} does not declare.`,
      hint: `Declare "${attribute}" in ${owner.name}, or name one of ${listNames(owner)}.`,
    }));
}

interface AttributeUse {
  readonly owner: ResourceDefinition;
  readonly attribute: string;
  /** What names the attribute, as the message calls it. */
  readonly user: string;
}

function attributeUses(definition: ResourceDefinition): readonly AttributeUse[] {
  const inKey = definition.primaryKey.map((attribute) => ({
    owner: definition,
    attribute,
    user: "The primary key",
  }));
  const inIdentities = definition.identities.flatMap(({ name, attributes }) =>
    attributes.map((attribute) => ({ owner: definition, attribute, user: `The identity "${name}"` })),
  );
  return [...inKey, ...inIdentities, ...relationshipUses(definition)];
}

function relationshipUses(definition: ResourceDefinition): readonly AttributeUse[] {
  return definition.relationships.flatMap((relationship) => {
    if (relationship.kind !== "belongsTo") return [];
    const user = `The relationship "${relationship.name}"`;
    return [
      { owner: definition, attribute: relationship.sourceAttribute, user },
      { owner: relationship.destination, attribute: relationship.destinationAttribute, user },
    ];
  });
}

function listNames(definition: ResourceDefinition): string {
  return definition.attributes.map(({ name }) => `"${name}"`).join(", ");
}
