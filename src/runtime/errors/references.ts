import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";

/** A foreign key: an attribute, and the one of another record that it refers to. */
export interface Reference {
  readonly attribute: string;
  readonly destination: ResourceDefinition;
  readonly destinationAttribute: string;
}

/**
 * The foreign keys of a resource, one for each `belongsTo`: what to ask the database for, to learn which is missing.
 *
 * @example
 * listReferences(UserTask.definition).map(({ attribute }) => attribute); // ["userId", "taskId"]
 */
export function listReferences(resource: ResourceDefinition): Reference[] {
  return resource.relationships.flatMap((relationship) => {
    if (relationship.kind !== "belongsTo") return [];
    const { sourceAttribute: attribute, destination, destinationAttribute } = relationship;
    return [{ attribute, destination, destinationAttribute }];
  });
}

/** A foreign key that refers to a resource, as far as that resource declares a relationship over it. */
export interface Referrer {
  /** The relationship's name in the resource referred to. */
  readonly relationship: string;
  readonly resource: ResourceDefinition;
  readonly attribute: string;
}

/** Who refers to a resource, as its own relationships tell; those straight to the referring records come first. */
export function listReferrers({ relationships }: ResourceDefinition): Referrer[] {
  return [...relationships.flatMap(findReferrer), ...relationships.flatMap(findJoinReferrer)];
}

function findReferrer(relationship: RelationshipDefinition): Referrer[] {
  if (relationship.kind !== "hasOne" && relationship.kind !== "hasMany") return [];
  const { name, destination, destinationAttribute } = relationship;
  return [{ relationship: name, resource: destination, attribute: destinationAttribute }];
}

function findJoinReferrer(relationship: RelationshipDefinition): Referrer[] {
  if (relationship.kind !== "manyToMany") return [];
  const { name, through, sourceAttributeOnJoinResource } = relationship;
  return [{ relationship: name, resource: through, attribute: sourceAttributeOnJoinResource }];
}
