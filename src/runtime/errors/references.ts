import type { ResourceDefinition } from "../resource-definition.js";

/** A foreign key: an attribute and the one that it refers to. */
export interface Reference {
  readonly attribute: string;
  readonly destination: ResourceDefinition;
  readonly destinationAttribute: string;
}

/** The foreign keys of a resource, for asking the database which of them is missing. */
export function listReferences(resource: ResourceDefinition): Reference[] {
  return resource.relationships.flatMap((relationship) =>
    relationship.kind === "belongsTo"
      ? [
          {
            attribute: relationship.sourceAttribute,
            destination: relationship.destination,
            destinationAttribute: relationship.destinationAttribute,
          },
        ]
      : [],
  );
}
