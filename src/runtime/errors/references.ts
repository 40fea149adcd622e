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

/** Who refers to a resource, as its own relationships tell; the one straight to the referring records comes first. */
export function listReferrers(resource: ResourceDefinition): Referrer[] {
  const found = resource.relationships.flatMap(findReferrer);
  return found.sort((left, right) => Number(left.isThrough) - Number(right.isThrough));
}

function findReferrer(relationship: RelationshipDefinition): (Referrer & { isThrough: boolean })[] {
  const { name, kind } = relationship;
  if (kind === "belongsTo") return [];
  return kind === "manyToMany"
    ? [
        {
          relationship: name,
          resource: relationship.through,
          attribute: relationship.sourceAttributeOnJoinResource,
          isThrough: true,
        },
      ]
    : [
        {
          relationship: name,
          resource: relationship.destination,
          attribute: relationship.destinationAttribute,
          isThrough: false,
        },
      ];
}
