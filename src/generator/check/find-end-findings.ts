import type { RelationshipDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import type { Problem } from "../../support/problem.js";
import type { Notice } from "../plan.js";
import type { Findings } from "./findings.js";

type BelongsTo = Extract<RelationshipDefinition, { readonly kind: "belongsTo" }>;

/** An attribute that the other end of a relationship takes for a reference to a resource. */
interface Claim {
  /** `User.tasks`. */
  readonly path: string;
  readonly holder: ResourceDefinition;
  /** Of the holder. */
  readonly attribute: string;
  readonly destination: ResourceDefinition;
  readonly destinationAttribute: string;
}

/**
 * Both ends of each relationship against each other.
 *
 * @returns problems `check.ends.disagree` where the `belongsTo` over an attribute leads elsewhere than the other end
 * says; a notice `check.ends.missing` that counts those that have one end only
 * @example
 * findEndFindings([definitionOf(User), definitionOf(Task)]).problems;
 * // [{ code: "check.ends.disagree", message: '"User.tasks" takes "Task.ownerId" for a User, but "Task.owner" …' }]
 */
export function findEndFindings(definitions: readonly ResourceDefinition[]): Findings {
  const claims = definitions.flatMap(listClaims);
  const lonely = definitions.flatMap((definition) => findLonely(definition, claims));
  return {
    problems: claims.flatMap(findDisagreement),
    notices: lonely.length > 0 ? [createLonelyNotice(lonely)] : [],
  };
}

function listClaims(definition: ResourceDefinition): readonly Claim[] {
  return definition.relationships.flatMap((relationship): Claim[] => {
    const path = `${definition.name}.${relationship.name}`;
    const { destination, sourceAttribute, destinationAttribute } = relationship;
    switch (relationship.kind) {
      case "belongsTo":
        return [];
      case "manyToMany":
        return [
          {
            ...{ path, holder: relationship.through, attribute: relationship.sourceAttributeOnJoinResource },
            ...{ destination: definition, destinationAttribute: sourceAttribute },
          },
          {
            ...{
              path,
              holder: relationship.through,
              attribute: relationship.destinationAttributeOnJoinResource,
            },
            ...{ destination, destinationAttribute },
          },
        ];
      default:
        return [
          {
            ...{ path, holder: destination, attribute: destinationAttribute },
            ...{ destination: definition, destinationAttribute: sourceAttribute },
          },
        ];
    }
  });
}

function listBelongsTo({ relationships }: ResourceDefinition, attribute?: string): readonly BelongsTo[] {
  const all = relationships.filter((each): each is BelongsTo => each.kind === "belongsTo");
  return attribute === undefined ? all : all.filter(({ sourceAttribute }) => sourceAttribute === attribute);
}

function isClaimed(relationship: BelongsTo, claim: Claim): boolean {
  return (
    relationship.destination === claim.destination &&
    relationship.destinationAttribute === claim.destinationAttribute
  );
}

/** An attribute may be the key of several, such as one of any kind; then one of them has to agree. */
function findDisagreement(claim: Claim): readonly Problem[] {
  const [other, ...more] = listBelongsTo(claim.holder, claim.attribute);
  if (other === undefined || [other, ...more].some((each) => isClaimed(each, claim))) return [];
  const { path, holder, attribute, destination, destinationAttribute } = claim;
  return [
    {
      code: "check.ends.disagree",
      message:
        `"${path}" takes "${holder.name}.${attribute}" for the "${destinationAttribute}" of a "${destination.name}", ` +
        `but "${holder.name}.${other.name}" says that it is the "${other.destinationAttribute}" of a "${other.destination.name}".`,
      hint: `Correct the end that is wrong; each has to name the other's attribute and resource.`,
    },
  ];
}

function findLonely(definition: ResourceDefinition, claims: readonly Claim[]): readonly string[] {
  return listBelongsTo(definition)
    .filter(
      (relationship) =>
        !claims.some(
          (claim) =>
            claim.holder === definition &&
            claim.attribute === relationship.sourceAttribute &&
            isClaimed(relationship, claim),
        ),
    )
    .map(({ name }) => `${definition.name}.${name}`);
}

/** More than this many are counted. */
const shown = 5;

function createLonelyNotice(paths: readonly string[]): Notice {
  const listed = paths.slice(0, shown).join(", ");
  const more = paths.length > shown ? ` and ${paths.length - shown} more` : "";
  return {
    code: "check.ends.missing",
    severity: "notice",
    message: `The other end has no relationship for ${listed}${more}: nothing can be loaded from there.`,
    hint: "Where that is wanted, add a hasMany or hasOne there.",
  };
}
