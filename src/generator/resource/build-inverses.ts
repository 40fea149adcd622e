import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import { suggest } from "../did-you-mean.js";
import type { FoundResource } from "../found-resource.js";
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
 * resource, a manyToMany through it. Two references to one resource get names of their own.
 */
export function buildInverses(context: InverseContext, problems: Problems): readonly InverseSpec[] {
  checkTyped(context, problems);
  return context.references.flatMap((reference) => {
    const isEnd = context.ends.some(({ attribute }) => attribute === reference.attribute);
    const other = context.ends.find(({ attribute }) => attribute !== reference.attribute);
    const typed = context.typed.find(({ relationship }) => matches(relationship, reference));
    const list = buildList(reference, isEnd ? typed?.joinName : typed?.name, context);
    const through = isEnd && other ? [buildThrough(reference, other, typed?.name, context)] : [];
    const isNamed = typed !== undefined;
    const end = { resource: reference.destination, reference: reference.name, isNamed };
    return [...through, list].map((relationship) => ({ ...end, relationship }));
  });
}

function matches(relationship: string, reference: DraftReference): boolean {
  return toSnakeCase(relationship) === toSnakeCase(reference.name);
}

function buildList(
  reference: DraftReference,
  name: string | undefined,
  context: InverseContext,
): RelationshipSpec {
  const { self, references, uniqueAttributes } = context;
  const one = uniqueAttributes.has(reference.attribute);
  const own = one ? toSnakeCase(self.name) : derivePluralNames(self.name, context.plural).table;
  const shared = references.some(
    (each) =>
      each !== reference &&
      each.destination.path === reference.destination.path &&
      each.destination.name === reference.destination.name,
  );
  const derived = shared ? `${reference.name}_${own}` : own;
  return {
    kind: one ? "hasOne" : "hasMany",
    name: spell(name ?? derived, context),
    destination: referTo(self),
    destinationAttribute: reference.attribute,
  };
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
    const nameProblem = findMemberNameProblem("relationship", inverse.name);
    if (nameProblem) problems.add(nameProblem);
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
