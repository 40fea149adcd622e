import { foreignKeyOf, relationshipKeyOf } from "../constraints.js";
import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";

/** A foreign key: an attribute, and the one of another record that it refers to. */
export interface Reference {
  readonly attribute: string;
  readonly destination: ResourceDefinition;
  readonly destinationAttribute: string;
  /** Its name in the database. */
  readonly constraint: string;
}

/**
 * The foreign keys of a resource, one for each `belongsTo` that has one: what to ask the database for, to learn which is missing.
 *
 * @example
 * listReferences(UserTask.definition).map(({ attribute }) => attribute); // ["userId", "taskId"]
 */
export function listReferences(resource: ResourceDefinition): Reference[] {
  return resource.relationships.flatMap((relationship) => {
    if (relationship.kind !== "belongsTo") return [];
    const constraint = relationshipKeyOf(resource, relationship);
    const { sourceAttribute: attribute, destination, destinationAttribute } = relationship;
    return constraint === undefined ? [] : [{ attribute, destination, destinationAttribute, constraint }];
  });
}

/**
 * The name that the foreign key over an attribute has in the database.
 *
 * @example
 * findForeignKeyName(UserTask.definition, "userId"); // "user_tasks_user_id_fkey"
 */
export function findForeignKeyName(resource: ResourceDefinition, attribute: string): string {
  const known = listReferences(resource).find((reference) => reference.attribute === attribute);
  return known?.constraint ?? foreignKeyOf(resource, { attributes: [attribute] });
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
