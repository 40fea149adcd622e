import type { Problems } from "../request/problems.js";
import type { DefaultAction, ResourceSpec } from "../spec.js";
import { buildAttributes } from "./build-attributes.js";
import { buildIdentities } from "./build-identities.js";
import { buildInverses, type InverseSpec } from "./build-inverses.js";
import { buildBelongsTo, buildTypedRelationship } from "./build-relationships.js";
import { checkImports } from "./check-imports.js";
import { checkMemberNames } from "./check-member-names.js";
import { draftAttributes } from "./draft-attributes.js";
import { draftReferences, type DraftReference } from "./draft-references.js";
import { findJoin, type Join } from "./find-join.js";
import { describeSelf, includeSelf, type ResourceDraft, type SpecContext } from "./resource-draft.js";

/** The whole intent of a `gen resource`: the resource, the other ends, and whether it joins. */
export interface ResourceIntent {
  readonly spec: ResourceSpec;
  readonly references: readonly DraftReference[];
  readonly inverses: readonly InverseSpec[];
  readonly join: Join;
}

/** Decides everything about a resource; what cannot be is added to `problems`. */
export function buildIntent(context: SpecContext, problems: Problems): ResourceIntent {
  const draft = draftResource(context, problems);
  const spec = buildSpec(draft, problems);
  checkNilify(spec, draft.references, problems);
  const inverses = context.request.inverse === false ? [] : buildOtherEnds(draft, spec, problems);
  checkMemberNames({ ...context, spec, inverses }, problems);
  checkImports({ ...context, spec, inverses }, problems);
  return { spec, references: draft.references, inverses, join: draft.join };
}

function draftResource(context: SpecContext, problems: Problems): ResourceDraft {
  const { request, typed, target, attributeCase } = context;
  const { existing } = target;
  const named = draftAttributes(typed, attributeCase, existing !== undefined, problems);
  const self = describeSelf(target, named);
  const lookup = includeSelf(context.lookup, target, self);
  const referring = { request: typed, lookup, attributeCase, match: request.references };
  const found = draftReferences(named, { ...referring, ...(existing && { existing }) }, problems);
  const join = findJoin(found, named.primaryKey, request, problems);
  return {
    ...{ ...context, ...named, self, lookup },
    references: found.map((reference) => (join.keyed.includes(reference) ? cascade(reference) : reference)),
    join: { keyed: join.keyed.map(cascade), ends: join.ends.map(cascade) },
  };
}

function buildSpec(draft: ResourceDraft, problems: Problems): ResourceSpec {
  const { request, typed, target, attributeCase, primaryKey, references } = draft;
  const { domain, name, table, existing } = target;
  const typedOnes = typed.relationships
    .filter(({ kind }) => kind !== "belongsTo")
    .flatMap((each) => buildTypedRelationship(each, draft, problems) ?? []);
  return {
    ...{ domain, name, table, primaryKey, timestamps: request.timestamps },
    ...(existing?.schema !== undefined && { schema: existing.schema }),
    attributes: buildAttributes(draft, problems),
    relationships: [...references.map((each) => buildBelongsTo(each, attributeCase)), ...typedOnes],
    identities: buildIdentities(draft, problems),
    actions: typed.actions ?? chooseActions(draft),
    ...(request.description !== undefined && { description: request.description }),
  };
}

function chooseActions({ target, join }: ResourceDraft): readonly DefaultAction[] {
  if (target.existing) return [];
  return join.keyed.length > 0 ? ["create", "read", "destroy"] : ["create", "read", "update", "destroy"];
}

function buildOtherEnds(
  draft: ResourceDraft,
  spec: ResourceSpec,
  problems: Problems,
): readonly InverseSpec[] {
  const { self, references, join, typed, request, attributeCase } = draft;
  const context = {
    ...{ self, references, ends: join.ends, typed: typed.inverses, attributeCase },
    uniqueAttributes: findUnique(spec),
    ...(request.plural !== undefined && { plural: request.plural }),
  };
  return buildInverses(context, problems);
}

/** Attributes that hold each value once by themselves. */
function findUnique(spec: ResourceSpec): ReadonlySet<string> {
  const alone = [spec.primaryKey, ...spec.identities.map(({ attributes }) => attributes)].filter(
    (attributes) => attributes.length === 1,
  );
  const unique = spec.attributes.filter((attribute) => attribute.unique).map(({ name }) => name);
  return new Set([...alone.flat(), ...unique]);
}

/** A join row means nothing without its ends, so it goes with them unless something else was asked for. */
function cascade(reference: DraftReference): DraftReference {
  return { onDelete: "cascade", ...reference };
}

function checkNilify(spec: ResourceSpec, references: readonly DraftReference[], problems: Problems): void {
  for (const { onDelete, attribute, entry } of references) {
    if (onDelete !== "nilify" || !spec.attributes.find(({ name }) => name === attribute)?.required) continue;
    problems.add({
      code: "relationship.on_delete.required",
      message: `"${entry}" is required, so it cannot become null when what it refers to is deleted.`,
      hint: "Choose --on-delete cascade or restrict, or leave required out.",
    });
  }
}
