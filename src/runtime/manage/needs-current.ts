import { listKeys } from "../query/key-filter.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { ManageRules } from "./manage-rules.js";

/** Do the rules ask what is related now? An append does not, where the database can leave out what is there. */
export function needsCurrent(
  { onLookup, onMatch, onMissing, onDuplicate }: ManageRules,
  relationship: RelationshipDefinition,
): boolean {
  if (onMissing !== "ignore" || onMatch !== "ignore") return true;
  if (onLookup !== "relate" || onDuplicate === "error") return true;
  return relationship.kind === "manyToMany" && findPairKey(relationship) === undefined;
}

/** The key of the join resource over both ends, where it has one: by it the database knows a pair that is there. */
export function findPairKey(
  relationship: Extract<RelationshipDefinition, { readonly kind: "manyToMany" }>,
): readonly string[] | undefined {
  const { through, sourceAttributeOnJoinResource, destinationAttributeOnJoinResource } = relationship;
  return listKeys(through).find(
    (key) =>
      key.length === 2 &&
      key.includes(sourceAttributeOnJoinResource) &&
      key.includes(destinationAttributeOnJoinResource),
  );
}
