import { findAttribute, findRepeated, listAttributes, type ResourceRule } from "./definition-rule.js";

const refuseEmptyIdentities: ResourceRule = ({ definition }) =>
  definition.identities
    .filter(({ attributes }) => attributes.length === 0)
    .map(({ name }) => ({
      code: "identity.attributes.empty",
      message: `The identity "${name}" of "${definition.name}" names no attribute.`,
      hint: `Name what is unique: ${name}: ["…"], of ${listAttributes(definition)}.`,
    }));

const requireKnownAttributes: ResourceRule = ({ definition }) =>
  definition.identities.flatMap((identity) =>
    identity.attributes
      .filter((name) => findAttribute(definition, name) === undefined)
      .map((name) => ({
        code: "identity.attribute.unknown",
        message: `The identity "${identity.name}" names "${name}", which "${definition.name}" does not have.`,
        hint: `Name one of ${listAttributes(definition)}, or add the attribute ${name}.`,
      })),
  );

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
