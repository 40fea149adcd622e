import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import { suggest } from "../did-you-mean.js";
import type { FoundRelationship, FoundResource } from "../found-resource.js";
import { derivePluralNames, pluralize } from "../inflection.js";
import { findMemberNameProblem } from "../names.js";
import type { Problems } from "../request/problems.js";
import type { TypedInverse } from "../request/named-list-grammar.js";
import type { AttributeCase } from "../settings.js";
import type { RelationshipSpec } from "../spec.js";
import { referTo } from "./build-relationships.js";
import type { DraftReference } from "./draft-references.js";

/** A relationship to add at the other end of a reference. */
export interface InverseSpec {
  readonly resource: FoundResource;
  readonly relationship: RelationshipSpec;
  /** The belongsTo that it is the other end of. */
  readonly reference: string;
  /** Its name was asked for. */
  readonly isNamed: boolean;
  /** The end has it already, perhaps under another name. */
  readonly isThere: boolean;
}

interface InverseContext {
  readonly self: FoundResource;
  readonly references: readonly DraftReference[];
  /** The two references of a join resource's key; empty for any other. */
  readonly ends: readonly DraftReference[];
  /** Attributes that hold each value once: a reference through them is a hasOne at the other end. */
  readonly uniqueAttributes: ReadonlySet<string>;
  readonly typed: readonly TypedInverse[];
  readonly attributeCase: AttributeCase;
  readonly plural?: string;
}

/**
 * What the other ends get: a hasMany (a hasOne where the reference is unique) for each reference and, for a join
 * resource, a manyToMany through it. Two references to one resource get names of their own. What an end has already,
 * under whichever name, it does not get again unless a name was asked for.
 */
export function buildInverses(context: InverseContext, problems: Problems): readonly InverseSpec[] {
  checkTyped(context, problems);
  return context.references.flatMap((reference) => {
    const isEnd = context.ends.some(({ attribute }) => attribute === reference.attribute);
    const other = context.ends.find(({ attribute }) => attribute !== reference.attribute);
    const typed = context.typed.find(({ relationship }) => matches(relationship, reference));
    const listName = isEnd ? typed?.joinName : typed?.name;
    const list = { relationship: buildList(reference, listName, context), isNamed: listName !== undefined };
    const through = isEnd && other ? [buildThrough(reference, other, typed?.name, context)] : [];
    const wanted = [...through.map((relationship) => ({ relationship, isNamed: typed !== undefined })), list];
    return wanted.map((each) => ({
      ...{ ...each, resource: reference.destination, reference: reference.name },
      isThere:
        !each.isNamed &&
        reference.destination.relationships.some((found) => isSame(found, each.relationship)),
    }));
  });
}

function matches(relationship: string, reference: DraftReference): boolean {
  return toSnakeCase(relationship) === toSnakeCase(reference.name);
}

/** Does a relationship lead where another one would, whatever its name and its other options? */
function isSame(found: FoundRelationship, wanted: RelationshipSpec): boolean {
  if (found.destination !== wanted.destination.name) return false;
  if (wanted.kind === "belongsTo") return false;
  if (wanted.kind !== "manyToMany") {
    const leads = found.options["destinationAttribute"] === wanted.destinationAttribute;
    return (found.kind === "hasOne" || found.kind === "hasMany") && leads;
  }
  return (
    found.kind === "manyToMany" &&
    found.through === wanted.through.name &&
    found.options["sourceAttributeOnJoinResource"] === wanted.sourceAttributeOnJoinResource &&
    found.options["destinationAttributeOnJoinResource"] === wanted.destinationAttributeOnJoinResource
  );
}

function buildList(
  reference: DraftReference,
  name: string | undefined,
  context: InverseContext,
): RelationshipSpec {
  const { self, uniqueAttributes } = context;
  const one = uniqueAttributes.has(reference.attribute);
  const own = one ? toSnakeCase(self.name) : derivePluralNames(self.name, context.plural).table;
  const derived = isShared(reference, spell(own, context), context) ? `${reference.name}_${own}` : own;
  return {
    kind: one ? "hasOne" : "hasMany",
    name: spell(name ?? derived, context),
    destination: referTo(self),
    destinationAttribute: reference.attribute,
  };
}

/** Do several references lead to the end of this one, here or in the resource as it is? */
function isShared(reference: DraftReference, name: string, { self, references }: InverseContext): boolean {
  const { destination, attribute } = reference;
  const others = references.filter((each) => each !== reference);
  const found = destination.relationships.find((each) => each.name === name);
  return (
    others.some(
      (each) => each.destination.path === destination.path && each.destination.name === destination.name,
    ) ||
    (found?.destination === self.name && found.options["destinationAttribute"] !== attribute)
  );
}

function buildThrough(
  reference: DraftReference,
  other: DraftReference,
  name: string | undefined,
  context: InverseContext,
): RelationshipSpec {
  return {
    kind: "manyToMany",
    name: spell(name ?? pluralize(other.name), context),
    destination: referTo(other.destination),
    through: referTo(context.self),
    sourceAttributeOnJoinResource: reference.attribute,
    destinationAttributeOnJoinResource: other.attribute,
  };
}

function spell(name: string, { attributeCase }: InverseContext): string {
  return attributeCase === "camelCase" ? toCamelCase(name) : toSnakeCase(name);
}

function checkTyped({ typed, references }: InverseContext, problems: Problems): void {
  const names = references.map(({ name }) => name);
  for (const inverse of typed) {
    for (const name of [inverse.name, ...(inverse.joinName === undefined ? [] : [inverse.joinName])]) {
      const nameProblem = findMemberNameProblem("relationship", name);
      if (nameProblem) problems.add(nameProblem);
    }
    if (references.some((reference) => matches(inverse.relationship, reference))) continue;
    problems.add({
      code: "inverse.unknown",
      message: `--inverse names "${inverse.relationship}", which is no belongs_to of this resource.`,
      hint: suggest(
        inverse.relationship,
        names,
        names.length > 0 ? `It has: ${names.join(", ")}.` : "It has none.",
      ),
    });
  }
}
