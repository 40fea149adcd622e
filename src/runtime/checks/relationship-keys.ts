import type { AttributeType } from "../attribute-type.js";
import type { RelationshipDefinition, ResourceDefinition } from "../resource-definition.js";

/** One attribute that a relationship names, and the option that names it. */
export interface RelationshipKey {
  readonly resource: ResourceDefinition;
  readonly attribute: string;
  readonly option:
    | "sourceAttribute"
    | "destinationAttribute"
    | "sourceAttributeOnJoinResource"
    | "destinationAttributeOnJoinResource";
}

/** Two attributes that hold the same key. */
export type KeyPair = readonly [RelationshipKey, RelationshipKey];

/** The pairs of attributes that a relationship compares: one, or two through a join resource. */
export function listKeyPairs(source: ResourceDefinition, relationship: RelationshipDefinition): KeyPair[] {
  const here: RelationshipKey = {
    resource: source,
    attribute: relationship.sourceAttribute,
    option: "sourceAttribute",
  };
  const there: RelationshipKey = {
    resource: relationship.destination,
    attribute: relationship.destinationAttribute,
    option: "destinationAttribute",
  };
  if (relationship.kind !== "manyToMany") return [[here, there]];
  const [joinHere, joinThere] = listJoinKeys(relationship);
  return [
    [here, joinHere],
    [there, joinThere],
  ];
}

function listJoinKeys(relationship: RelationshipDefinition & { readonly kind: "manyToMany" }): KeyPair {
  const {
    through: resource,
    sourceAttributeOnJoinResource,
    destinationAttributeOnJoinResource,
  } = relationship;
  return [
    { resource, attribute: sourceAttributeOnJoinResource, option: "sourceAttributeOnJoinResource" },
    { resource, attribute: destinationAttributeOnJoinResource, option: "destinationAttributeOnJoinResource" },
  ];
}

/** Can one attribute hold the other's value? Lengths may differ, and `string` and `text` hold the same. */
export function isSameKeyType(one: AttributeType, other: AttributeType): boolean {
  return describeKeyType(one) === describeKeyType(other);
}

/** A type as people call it: `uuid`, `integer[]`. */
export function describeKeyType(type: AttributeType): string {
  if (type.kind === "array") return `${describeKeyType(type.of)}[]`;
  return type.kind === "text" ? "string" : type.kind;
}
