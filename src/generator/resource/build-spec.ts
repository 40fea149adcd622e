import { toPascalCase, toSnakeCase } from "../../support/casing.js";
import type { AttributeType } from "../../runtime/attribute-type.js";
import { suggest } from "../did-you-mean.js";
import type { FoundResource, ResourceLookup } from "../found-resource.js";
import type { Problems } from "../request/problems.js";
import type { TypedRequest } from "../request/typed-request.js";
import type { ResourceRequest } from "../resource-request.js";
import type { AttributeCase } from "../settings.js";
import type { AttributeSpec, DefaultAction, IdentitySpec, ResourceSpec } from "../spec.js";
import { buildBelongsTo, buildTypedRelationship } from "./build-relationships.js";
import { buildInverses, type InverseSpec } from "./build-inverses.js";
import { draftAttributes, type AttributeDraft, type DraftAttribute } from "./draft-attributes.js";
import { draftReferences, type DraftReference } from "./draft-references.js";
import { findJoin, type Join } from "./find-join.js";
import { followKeyType } from "./references.js";
import { findReferenceName, spellAttribute, timestampNames } from "./spelling.js";

/** Where the resource is to stand, its names already checked. */
export interface ResourceTarget {
  readonly domain: string;
  readonly name: string;
  readonly table: string;
  readonly path: string;
  /** The resource where it exists already. */
  readonly existing?: FoundResource;
}

export interface SpecContext {
  readonly request: ResourceRequest;
  readonly typed: TypedRequest;
  readonly target: ResourceTarget;
  readonly lookup: ResourceLookup;
  readonly attributeCase: AttributeCase;
}

/** The whole intent of a `gen resource`: the resource, the other ends, and whether it joins. */
export interface ResourceIntent {
  readonly spec: ResourceSpec;
  readonly references: readonly DraftReference[];
  readonly inverses: readonly InverseSpec[];
  readonly join: Join;
}

/** Decides everything about a resource; what cannot be is added to `problems`. */
export function buildIntent(context: SpecContext, problems: Problems): ResourceIntent {
  const { request, typed, target, attributeCase } = context;
  const draft = draftAttributes(typed, attributeCase, target.existing !== undefined, problems);
  const lookup = includeSelf(context.lookup, target, draft);
  const drafted = draftReferences(
    draft,
    {
      ...{ request: typed, lookup, attributeCase, match: request.references },
      ...(target.existing && { existing: target.existing }),
    },
    problems,
  );
  const found = findJoin(drafted, draft.primaryKey, request, problems);
  const references = drafted.map((reference) =>
    found.keyed.includes(reference) ? cascade(reference) : reference,
  );
  const join = { keyed: found.keyed.map(cascade), ends: found.ends.map(cascade) };
  const spec = buildSpec(context, draft, references, join, lookup, problems);
  checkNilify(spec, references, problems);
  const self = describeSelf(target, draft);
  const inverses =
    request.inverse === false
      ? []
      : buildInverses(
          {
            ...{ self, references, ends: join.ends, typed: typed.inverses, attributeCase },
            uniqueAttributes: findUnique(spec),
            ...(request.plural !== undefined && { plural: request.plural }),
          },
          problems,
        );
  return { spec, references, inverses, join };
}

function buildSpec(
  { request, typed, target, attributeCase }: SpecContext,
  draft: AttributeDraft,
  references: readonly DraftReference[],
  join: Join,
  lookup: ResourceLookup,
  problems: Problems,
): ResourceSpec {
  const self = describeSelf(target, draft);
  const attributes = draft.attributes.map((attribute) => {
    const reference = references.find((each) => each.attribute === attribute.name);
    return buildAttribute(attribute, reference, draft, request, problems);
  });
  const own = typed.relationships
    .filter(({ kind }) => kind !== "belongsTo")
    .flatMap((each) => buildTypedRelationship(each, { self, lookup, attributeCase }, problems) ?? []);
  const { domain, name, table } = target;
  return {
    ...{ domain, name, table, attributes, primaryKey: draft.primaryKey, timestamps: request.timestamps },
    relationships: [...references.map((each) => buildBelongsTo(each, attributeCase)), ...own],
    identities: buildIdentities({ typed, target, attributeCase, request }, draft, join, problems),
    actions: typed.actions ?? chooseActions(target, join),
    ...(request.description !== undefined && { description: request.description }),
  };
}

function chooseActions(target: ResourceTarget, join: Join): readonly DefaultAction[] {
  if (target.existing) return [];
  return join.keyed.length > 0 ? ["create", "read", "destroy"] : ["create", "read", "update", "destroy"];
}

function buildAttribute(
  attribute: DraftAttribute,
  reference: DraftReference | undefined,
  { primaryKey }: AttributeDraft,
  request: ResourceRequest,
  problems: Problems,
): AttributeSpec {
  const { name, column, unique, index, sensitive, generated } = attribute;
  const isKey = primaryKey.includes(name);
  const type = reference
    ? followKeyType(attribute.type, reference.key, reference.destination, attribute.entry, problems)
    : (attribute.type ?? (isKey ? { kind: "uuid" } : requireType(attribute, request, problems)));
  return {
    ...{ name, column, type, unique, index, sensitive, private: attribute.private },
    ...{ required: attribute.required || isKey, primaryKey: isKey },
    ...(attribute.default && { default: attribute.default }),
    ...(generated ? { generated } : attribute.uuidV7 && isKey ? { generated: "uuidV7" } : {}),
  };
}

/** An attribute may go without a type only where a reference gives it one. */
function requireType(attribute: DraftAttribute, request: ResourceRequest, problems: Problems): AttributeType {
  const { entry } = attribute;
  const isImplied = entry.split(":").length > 2;
  const isReported = request.references && findReferenceName(attribute.name) !== undefined;
  if (!isImplied && !isReported) {
    problems.add({
      code: "attribute.malformed",
      message: `The attribute "${entry}" is not of the form name:type[:modifier].`,
      hint: `Write it like ${entry}:string:required.`,
    });
  }
  return { kind: "uuid" };
}

type IdentityContext = Omit<SpecContext, "lookup">;

function buildIdentities(
  { typed, target, attributeCase, request }: IdentityContext,
  draft: AttributeDraft,
  join: Join,
  problems: Problems,
): readonly IdentitySpec[] {
  const known = [...draft.attributes, ...(target.existing?.attributes ?? [])].map(({ name }) => name);
  const names = request.timestamps ? [...known, ...timestampNames(attributeCase)] : known;
  const given = typed.identities.map((identity) => ({
    name: spellAttribute(identity.name, attributeCase),
    attributes: identity.attributes.map((attribute) =>
      findAttributeName(attribute, names, attributeCase, problems),
    ),
  }));
  const keys = join.keyed.map(({ attribute }) => attribute);
  const implied = {
    name: spellAttribute(`unique_${toSnakeCase(target.name)}`, attributeCase),
    attributes: keys,
  };
  const covered = keys.length === 0 || given.some(({ attributes }) => haveSame(attributes, keys));
  return covered ? given : [implied, ...given];
}

function findAttributeName(
  written: string,
  names: readonly string[],
  attributeCase: AttributeCase,
  problems: Problems,
): string {
  const name = spellAttribute(written, attributeCase);
  if (!names.includes(name)) {
    problems.add({
      code: "identity.attribute.unknown",
      message: `--identity names "${written}", which is no attribute here.`,
      hint: suggest(name, names, `Attributes: ${names.join(", ")}.`),
    });
  }
  return name;
}

function haveSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
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

function describeSelf(target: ResourceTarget, draft: AttributeDraft): FoundResource {
  const { existing } = target;
  const own = draft.attributes.map(({ name, column, type }) => ({ name, column, ...(type && { type }) }));
  const key = draft.primaryKey.flatMap((name) => own.find((attribute) => attribute.name === name) ?? []);
  return {
    ...{ name: target.name, path: target.path, table: target.table },
    attributes: [...(existing?.attributes ?? []), ...own],
    complete: existing?.complete ?? true,
    primaryKey: existing?.primaryKey ?? key,
    relationships: existing?.relationships ?? [],
  };
}

/** A resource may refer to itself before it is written. */
function includeSelf(lookup: ResourceLookup, target: ResourceTarget, draft: AttributeDraft): ResourceLookup {
  const self = describeSelf(target, draft);
  return {
    names: [...lookup.names, target.name],
    findDomain: (resource) =>
      resource.path === self.path && resource.name === self.name
        ? target.domain
        : lookup.findDomain(resource),
    find: (name) => {
      const others = lookup.find(name).filter((found) => found.path !== self.path);
      return name === toPascalCase(target.name) ? [self, ...others] : lookup.find(name);
    },
  };
}
