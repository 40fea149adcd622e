import { toSnakeCase } from "../../support/casing.js";
import type { Problem } from "../../support/problem.js";
import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";
import { findReservation } from "./attribute-rules.js";
import { findAttribute, listAttributes, type ResourceRule } from "./definition-rule.js";
import {
  describeKeyType,
  isSameKeyType,
  type KeyPair,
  listKeyPairs,
  type RelationshipKey,
} from "./relationship-keys.js";

const requireResolution: ResourceRule = ({ unresolved }) => [...unresolved];

const refuseTakenNames: ResourceRule = ({ definition, relationships }) =>
  relationships
    .filter(({ name }) => findAttribute(definition, name) !== undefined)
    .map(({ name }) => ({
      code: "relationship.name.taken",
      message: `"${definition.name}" has both an attribute and a relationship "${name}".`,
      hint: `Rename one: an attribute that holds a key is often ${name}Id.`,
    }));

const refuseReservedNames: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap(({ name }): Problem[] => {
    const reason = findReservation(name);
    if (reason === undefined) return [];
    return [
      {
        code: "relationship.name.reserved",
        message: `"${definition.name}" cannot have a relationship "${name}": the name ${reason}.`,
        hint: "Rename the relationship.",
      },
    ];
  });

const requireKnownAttributes: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap((relationship) =>
    listKeyPairs(definition, relationship)
      .flat()
      .filter(({ resource, attribute }) => findAttribute(resource, attribute) === undefined)
      .map((key) => describeUnknown(definition, relationship, key)),
  );

function describeUnknown(
  definition: ResourceDefinition,
  { name }: RelationshipDefinition,
  { resource, attribute, option }: RelationshipKey,
): Problem {
  return {
    code: `relationship.${toSnakeCase(option)}.unknown`,
    message: `"${definition.name}.${name}" needs the attribute "${attribute}", which "${resource.name}" does not have.`,
    hint: `Add ${attribute} to ${resource.name}, or say { ${option}: "…" } with one of ${listAttributes(resource)}.`,
  };
}

const requireEqualTypes: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap((relationship) =>
    listKeyPairs(definition, relationship).flatMap((pair) =>
      findTypeMismatch(`${definition.name}.${relationship.name}`, pair),
    ),
  );

function findTypeMismatch(path: string, [one, other]: KeyPair): Problem[] {
  const first = findAttribute(one.resource, one.attribute);
  const second = findAttribute(other.resource, other.attribute);
  if (first === undefined || second === undefined || isSameKeyType(first.type, second.type)) return [];
  const here = `${one.resource.name}.${first.name}`;
  const there = `${other.resource.name}.${second.name}`;
  return [
    {
      code: "relationship.type.mismatch",
      message: `"${path}" compares "${here}" (${describeKeyType(first.type)}) with "${there}" (${describeKeyType(second.type)}).`,
      hint: `Give ${here} and ${there} the same type.`,
    },
  ];
}

const refuseSameJoinKeys: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap((relationship): Problem[] => {
    if (relationship.kind !== "manyToMany") return [];
    const { name, through, sourceAttributeOnJoinResource: key } = relationship;
    if (key !== relationship.destinationAttributeOnJoinResource) return [];
    return [
      {
        code: "relationship.join_attributes.same",
        message: `"${definition.name}.${name}" uses "${through.name}.${key}" for both ends.`,
        hint: `Name a different attribute of ${through.name} for each: ${listAttributes(through)}.`,
      },
    ];
  });

const requireUniqueDestination: ResourceRule = ({ definition, relationships }) =>
  relationships
    .filter((each) => each.kind === "belongsTo" && each.foreignKey !== false)
    .filter(({ destination, destinationAttribute: name }) => !isUnique(destination, name))
    .map(({ name, destination, destinationAttribute }) => ({
      code: "relationship.destination_attribute.not_unique",
      message: `"${definition.name}.${name}" refers to "${destination.name}.${destinationAttribute}", which need not be unique.`,
      hint: `Add .unique() to ${destination.name}.${destinationAttribute}, or refer to the primary key.`,
    }));

function isUnique(resource: ResourceDefinition, name: string): boolean {
  const attribute = findAttribute(resource, name);
  const identities = resource.identities.filter(({ where }) => where === undefined);
  const key = resource.primaryKeyConstraint === false ? [] : [resource.primaryKey];
  const keys = [...key, ...identities.map(({ attributes }) => attributes)];
  // An attribute that is not there has its own problem.
  return attribute === undefined || attribute.unique || keys.some((key) => key.join() === name);
}

const refuseImpossibleNilify: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap((relationship): Problem[] => {
    if (relationship.kind !== "belongsTo" || relationship.foreignKey === false) return [];
    const { name, sourceAttribute, onDelete, onUpdate } = relationship;
    if (findAttribute(definition, sourceAttribute)?.required !== true) return [];
    const events = { onDelete, onUpdate };
    return (["onDelete", "onUpdate"] as const)
      .filter((event) => events[event] === "nilify")
      .map((event) => ({
        code: `relationship.${toSnakeCase(event)}.impossible`,
        message: `"${definition.name}.${name}" nilifies "${sourceAttribute}" on ${eventWords[event]}, but that is required.`,
        hint: `Say { ${event}: "cascade" } or "restrict", or take .required() from ${sourceAttribute}.`,
      }));
  });

const eventWords = { onDelete: "delete", onUpdate: "update" };

/** A database refuses to write what it works out itself. */
const refuseGeneratedKeys: ResourceRule = ({ definition, relationships }) =>
  relationships.flatMap((relationship): Problem[] => {
    if (relationship.kind !== "belongsTo" || relationship.foreignKey === false) return [];
    const { name, sourceAttribute, onDelete, onUpdate = "noAction" } = relationship;
    if (findAttribute(definition, sourceAttribute)?.generatedAs === undefined) return [];
    if (onDelete !== "nilify" && (onUpdate === "noAction" || onUpdate === "restrict")) return [];
    return [
      {
        code: "relationship.source_attribute.generated",
        message: `"${definition.name}.${name}" would have "${sourceAttribute}" changed when the other record goes or its key changes, but the database works it out.`,
        hint: `Say { onDelete: "cascade" } or "restrict", and leave onUpdate out.`,
      },
    ];
  });

const requireDomains: ResourceRule = ({ definition, relationships }, { definitions }) =>
  relationships.flatMap((relationship) =>
    listRoles(relationship)
      .filter(([, resource]) => !definitions.has(resource))
      .map(([role, { name }]) => ({
        code: `relationship.${role}.no_domain`,
        message: `"${definition.name}.${relationship.name}" leads to "${name}", which is in no domain of the repo.`,
        hint: `Add ${name} to the resources of a domain, and that domain to createRepo.`,
      })),
  );

function listRoles(relationship: RelationshipDefinition): [string, ResourceDefinition][] {
  const destination: [string, ResourceDefinition] = ["destination", relationship.destination];
  return relationship.kind === "manyToMany"
    ? [destination, ["through", relationship.through]]
    : [destination];
}

export const RELATIONSHIP_RULES: readonly ResourceRule[] = [
  requireResolution,
  refuseTakenNames,
  refuseReservedNames,
  requireKnownAttributes,
  requireEqualTypes,
  refuseSameJoinKeys,
  requireUniqueDestination,
  refuseImpossibleNilify,
  refuseGeneratedKeys,
  requireDomains,
];
