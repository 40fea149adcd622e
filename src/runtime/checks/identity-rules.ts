import {
  type CheckedResource,
  findAttribute,
  findRepeated,
  listAttributes,
  type ResourceRule,
} from "./definition-rule.js";

const refuseEmptyIdentities: ResourceRule = ({ definition }) =>
  definition.identities
    .filter(({ attributes }) => attributes.length === 0)
    .map(({ name }) => ({
      code: "identity.attributes.empty",
      message: `The identity "${name}" of "${definition.name}" names no attribute.`,
      hint: `Name what is unique: ${name}: ["…"], of ${listAttributes(definition)}.`,
    }));

const requireKnownAttributes: ResourceRule = (resource) =>
  resource.definition.identities.flatMap((identity) =>
    identity.attributes
      .filter((name) => findAttribute(resource.definition, name) === undefined)
      .map((name) => ({
        code: "identity.attribute.unknown",
        message: `The identity "${identity.name}" names "${name}", which "${resource.definition.name}" does not have.`,
        hint: suggestAttribute(resource, name),
      })),
  );

/** What an application works out, such as a relationship or a getter, no database can keep unique. */
function suggestAttribute({ definition, relationships }: CheckedResource, name: string): string {
  const relationship = relationships.find((each) => each.name === name);
  if (relationship?.kind === "belongsTo")
    return `Name the attribute that holds its key: ${relationship.sourceAttribute}.`;
  return `Name one of ${listAttributes(definition)}, or add the attribute ${name}; a value that only the application works out no database keeps unique.`;
}

const refuseRepeatedAttributes: ResourceRule = ({ definition }) =>
  definition.identities.flatMap((identity) =>
    findRepeated(identity.attributes).map((name) => ({
      code: "identity.attribute.duplicate",
      message: `The identity "${identity.name}" of "${definition.name}" names "${name}" twice.`,
      hint: `Name it once: ${identity.name}: ${JSON.stringify([...new Set(identity.attributes)])}.`,
    })),
  );

export const IDENTITY_RULES: readonly ResourceRule[] = [
  refuseEmptyIdentities,
  requireKnownAttributes,
  refuseRepeatedAttributes,
];
