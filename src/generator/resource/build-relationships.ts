import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import { suggest } from "../did-you-mean.js";
import type { FoundResource, ResourceLookup } from "../found-resource.js";
import { findMemberNameProblem } from "../names.js";
import type { Problems } from "../request/problems.js";
import type { TypedRelationship } from "../request/relationship-grammar.js";
import type { AttributeCase } from "../settings.js";
import type { RelationshipSpec, ResourceReference } from "../spec.js";
import type { DraftReference } from "./draft-references.js";
import { findDestination } from "./references.js";
import { spellAttribute } from "./spelling.js";

interface RelationshipContext {
  readonly self: FoundResource;
  readonly lookup: ResourceLookup;
  readonly attributeCase: AttributeCase;
}

/** What a file needs to know of a resource that it names. */
export function referTo({ name, path, table, isDefault, isHidden }: FoundResource): ResourceReference {
  return { name, path, table, ...(isDefault && { isDefault }), ...(isHidden && { isHidden }) };
}

/** The belongsTo of a reference; its options are written only where they are not the defaults. */
export function buildBelongsTo(reference: DraftReference, attributeCase: AttributeCase): RelationshipSpec {
  const implied = spellAttribute(`${reference.name}_id`, attributeCase);
  return {
    kind: "belongsTo",
    name: reference.name,
    destination: referTo(reference.destination),
    ...(reference.attribute !== implied && { sourceAttribute: reference.attribute }),
    ...(reference.onDelete && { onDelete: reference.onDelete }),
  };
}

/** The has_one, has_many or many_to_many that was typed; what it cannot stand on is added to `problems`. */
export function buildTypedRelationship(
  typed: TypedRelationship,
  context: RelationshipContext,
  problems: Problems,
): RelationshipSpec | undefined {
  const destination = findDestination(typed.destination, typed.entry, context.lookup, problems);
  if (!destination) return undefined;
  const name = context.attributeCase === "camelCase" ? toCamelCase(typed.name) : toSnakeCase(typed.name);
  const nameProblem = findMemberNameProblem("relationship", typed.name);
  if (nameProblem) return problems.add(nameProblem);
  if (typed.kind === "manyToMany") return buildManyToMany(typed, name, destination, context, problems);
  if (typed.kind === "belongsTo") return undefined;
  const destinationAttribute = findKeyTo(
    { target: context.self, holder: destination, typed },
    context,
    problems,
  );
  return destinationAttribute === undefined
    ? undefined
    : { kind: typed.kind, name, destination: referTo(destination), destinationAttribute };
}

function buildManyToMany(
  typed: TypedRelationship,
  name: string,
  destination: FoundResource,
  context: RelationshipContext,
  problems: Problems,
): RelationshipSpec | undefined {
  const through = findDestination(typed.through ?? "", typed.entry, context.lookup, problems);
  if (!through) return undefined;
  const source = findKeyTo({ target: context.self, holder: through, typed }, context, problems);
  const far = findKeyTo({ target: destination, holder: through, typed, taken: source }, context, problems);
  if (source === undefined || far === undefined) return undefined;
  return {
    ...{ kind: "manyToMany", name, destination: referTo(destination), through: referTo(through) },
    sourceAttributeOnJoinResource: source,
    destinationAttributeOnJoinResource: far,
  };
}

/** Which resource is to refer to which. */
interface KeySearch {
  readonly target: FoundResource;
  readonly holder: FoundResource;
  readonly typed: TypedRelationship;
  /** The attribute that refers to the other end already. */
  readonly taken?: string | undefined;
}

/** The attribute of `holder` that refers to `target`: by a belongsTo, else by its name. */
function findKeyTo(
  { target, holder, typed, taken }: KeySearch,
  { attributeCase, lookup }: RelationshipContext,
  problems: Problems,
): string | undefined {
  const implied = spellAttribute(`${target.name}_id`, attributeCase);
  const keys = holder.relationships
    .filter(({ kind, destination }) => kind === "belongsTo" && destination === target.name)
    .map(({ name, options }) => options["sourceAttribute"] ?? spellAttribute(`${name}_id`, attributeCase))
    .filter((key) => key !== taken);
  if (keys.includes(implied)) return implied;
  if (keys[0] !== undefined) return keys[0];
  const names = holder.attributes.map((attribute) => attribute.name);
  if (implied !== taken && (names.includes(implied) || !holder.complete)) return implied;
  const column = toSnakeCase(implied);
  return problems.add({
    code: "relationship.key.missing",
    message: `"${typed.entry}" needs an attribute of ${holder.name} that refers to ${target.name}; ${holder.path} has none.`,
    hint: suggest(
      implied,
      names,
      `Leave this out; both sides are added by: npx ashlar gen resource ${lookup.findDomain(holder) ?? "<Domain>"} ${holder.name} --attributes ${column}`,
    ),
  });
}
