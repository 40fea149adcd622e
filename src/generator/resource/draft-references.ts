import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import type { OnDeleteRule } from "../../runtime/resource-definition.js";
import type { FoundAttribute, FoundResource, ResourceLookup } from "../found-resource.js";
import type { Problems } from "../request/problems.js";
import type { TypedRequest } from "../request/typed-request.js";
import type { AttributeCase } from "../settings.js";
import type { AttributeDraft, DraftAttribute } from "./draft-attributes.js";
import { findDestination, findKey, findReference } from "./references.js";
import { findReferenceName, spellAttribute } from "./spelling.js";

/** A belongsTo under way: its attribute, and the resource and key it points at. */
export interface DraftReference {
  /** As typed, for messages. */
  readonly entry: string;
  readonly name: string;
  readonly attribute: string;
  readonly destination: FoundResource;
  readonly key: FoundAttribute;
  readonly onDelete?: OnDeleteRule;
}

interface ReferenceContext {
  readonly request: TypedRequest;
  readonly lookup: ResourceLookup;
  readonly attributeCase: AttributeCase;
  /** False for `--no-references`. */
  readonly match: boolean;
  /** The resource where it exists: an attribute that it refers by already, under whichever name, is not matched again. */
  readonly existing?: FoundResource;
}

/** Finds what every belongs_to and every `<x>_id` refers to, in the order of the attributes. */
export function draftReferences(
  { attributes }: AttributeDraft,
  context: ReferenceContext,
  problems: Problems,
): readonly DraftReference[] {
  const references = attributes.flatMap((attribute) => {
    const explicit = findExplicit(attribute, context);
    if (explicit) return draftExplicit(attribute, explicit, context, problems) ?? [];
    const isMatched = context.match && !refersBy(attribute, context);
    return isMatched ? (draftMatched(attribute, context, problems) ?? []) : [];
  });
  return references.map((reference) =>
    context.request.onDelete ? { onDelete: context.request.onDelete, ...reference } : reference,
  );
}

type ExplicitReference = TypedRequest["relationships"][number];

function findExplicit(attribute: DraftAttribute, { request, attributeCase }: ReferenceContext) {
  return request.relationships.find(
    ({ kind, name }) =>
      kind === "belongsTo" && spellAttribute(`${name}_id`, attributeCase) === attribute.name,
  );
}

function draftExplicit(
  attribute: DraftAttribute,
  { entry, name, destination: written, onDelete }: ExplicitReference,
  { lookup, attributeCase }: ReferenceContext,
  problems: Problems,
): DraftReference | undefined {
  const destination = findDestination(written, entry, lookup, problems);
  const key = destination && findKey(destination, entry, problems);
  if (!destination || !key) return undefined;
  const spelled = spellAttribute(name, attributeCase);
  return { entry, name: spelled, attribute: attribute.name, destination, key, ...(onDelete && { onDelete }) };
}

/** Has the resource a belongsTo by this attribute, under another name than the attribute gives it? */
function refersBy({ name }: DraftAttribute, { existing }: ReferenceContext): boolean {
  const implied = findReferenceName(name);
  return (existing?.relationships ?? []).some(
    (each) =>
      each.kind === "belongsTo" &&
      each.options["sourceAttribute"] === name &&
      toSnakeCase(each.name) !== implied,
  );
}

function draftMatched(
  attribute: DraftAttribute,
  { lookup, attributeCase }: ReferenceContext,
  problems: Problems,
): DraftReference | undefined {
  const name = findReferenceName(attribute.name);
  const destination = name === undefined ? undefined : findReference(attribute, name, lookup, problems);
  const key = destination && findKey(destination, attribute.entry, problems);
  if (name === undefined || !destination || !key) return undefined;
  const spelled = attributeCase === "camelCase" ? toCamelCase(name) : name;
  return { entry: attribute.entry, name: spelled, attribute: attribute.name, destination, key };
}
