import type { AttributeType } from "../../runtime/attribute-type.js";
import { toPascalCase, toSnakeCase } from "../../support/casing.js";
import type { Problem } from "../../support/problem.js";
import { findNearest } from "../did-you-mean.js";
import type { FoundAttribute, FoundResource, ResourceLookup } from "../found-resource.js";
import type { TypedAttribute } from "../request/attribute-grammar.js";
import type { Problems } from "../request/problems.js";

/** Types that a generated key may have; an `<x>_id` of another type is no reference unless a resource X exists. */
const keyTypes: ReadonlySet<AttributeType["kind"]> = new Set(["uuid", "integer", "bigint"]);

/** Finds the one resource that a name means, with or without its domain (`Accounts.User`). */
export function findDestination(
  written: string,
  entry: string,
  lookup: ResourceLookup,
  problems: Problems,
): FoundResource | undefined {
  const parts = written.split(".");
  const name = toPascalCase(parts.pop() ?? "");
  const domain = parts.pop();
  const candidates = lookup.find(name);
  const matching =
    domain === undefined ? candidates : candidates.filter((found) => lookup.findDomain(found) === domain);
  if (matching.length === 1) return matching[0];
  return problems.add(
    matching.length > 1
      ? ambiguousDestination(name, entry, matching, lookup)
      : unknownDestination(written, entry, lookup),
  );
}

/** What an `<x>_id` attribute refers to: a resource, nothing, or a problem that was added. */
export function findReference(
  attribute: TypedAttribute,
  relationship: string,
  lookup: ResourceLookup,
  problems: Problems,
): FoundResource | undefined {
  const name = toPascalCase(relationship);
  const candidates = lookup.find(name);
  if (candidates.length === 1) return candidates[0];
  if (candidates.length > 1)
    return problems.add(ambiguousReference(attribute, relationship, candidates, lookup));
  const couldBeKey = attribute.type === undefined || keyTypes.has(attribute.type.kind);
  return couldBeKey ? problems.add(unknownReference(attribute, name, lookup)) : undefined;
}

/** The one attribute that a reference to a resource points at. */
export function findKey(
  resource: FoundResource,
  entry: string,
  problems: Problems,
): FoundAttribute | undefined {
  const [key, ...more] = resource.primaryKey ?? [];
  if (key && more.length === 0) return key;
  const { code, met, hint } = key
    ? keyProblems.composite
    : resource.complete
      ? keyProblems.missing
      : keyProblems.unreadable;
  return problems.add({
    code: `reference.key.${code}`,
    message: `"${entry}" refers to ${resource.name} (${resource.path}), which ${met}.`,
    hint,
  });
}

const keyProblems = {
  composite: {
    code: "composite",
    met: "has a primary key of several attributes",
    hint: "One attribute cannot refer to it. Add --no-references and declare the relationship by hand.",
  },
  missing: {
    code: "missing",
    met: "has no primary key",
    hint: "Give it one first, by gen resource with its name and --uuid-primary-key; or add --no-references.",
  },
  unreadable: {
    code: "unreadable",
    met: "has a primary key that cannot be read from its file",
    hint: "Declare the key there with uuidPrimaryKey() or .primaryKey(), or add --no-references.",
  },
} as const;

/** The type of an attribute that refers to a key; an error where another one was typed. */
export function followKeyType(
  typed: AttributeType | undefined,
  key: FoundAttribute,
  resource: FoundResource,
  entry: string,
  problems: Problems,
): AttributeType {
  const type = key.type ?? typed ?? { kind: "uuid" };
  if (typed && typed.kind !== type.kind) {
    problems.add({
      code: "reference.type.differs",
      message: `"${entry}" is of type ${typed.kind}, but ${resource.name}.${key.name}, which it refers to, is of type ${type.kind}.`,
      hint: `Write it as ${toSnakeCase(entry.split(":")[0] ?? "")}:${type.kind}, or leave the type out.`,
    });
  }
  return type;
}

function ambiguousReference(
  attribute: TypedAttribute,
  relationship: string,
  candidates: readonly FoundResource[],
  lookup: ResourceLookup,
): Problem {
  const keyed = attribute.primaryKey ? ":primary_key" : "";
  return {
    code: "reference.ambiguous",
    message: `"${findTypedName(attribute)}" could refer to ${listCandidates(candidates, lookup)}.`,
    hint: `Say which: ${candidates.map((found) => `--relationships belongs_to:${relationship}:${qualify(found, lookup)}${keyed}`).join("  or  ")}`,
  };
}

function ambiguousDestination(
  name: string,
  entry: string,
  candidates: readonly FoundResource[],
  lookup: ResourceLookup,
): Problem {
  return {
    code: "reference.ambiguous",
    message: `"${name}" in "${entry}" could be ${listCandidates(candidates, lookup)}.`,
    hint: `Write ${candidates.map((found) => qualify(found, lookup)).join(" or ")}.`,
  };
}

function unknownReference(attribute: TypedAttribute, name: string, lookup: ResourceLookup): Problem {
  const nearest = findNearest(name, lookup.names);
  const typo = nearest ? `Did you mean "${toSnakeCase(nearest)}_id"? ` : "";
  return {
    code: "reference.unknown",
    message: `"${findTypedName(attribute)}" looks like a reference, but there is no resource ${name}.`,
    hint:
      `${typo}Make it first with: npx ashlar gen resource <Domain> ${name}; name another with ` +
      `--relationships belongs_to:${toSnakeCase(name)}:<Resource>; or add --no-references for a plain attribute.`,
  };
}

function unknownDestination(written: string, entry: string, lookup: ResourceLookup): Problem {
  const name = written.split(".").pop() ?? written;
  const nearest = findNearest(name, lookup.names);
  const typo = nearest ? `Did you mean "${nearest}"? ` : "";
  return {
    code: "relationship.destination.unknown",
    message: `There is no resource "${written}", named in "${entry}".`,
    hint: `${typo}Make it first with: npx ashlar gen resource ${written.includes(".") ? written : `<Domain> ${toPascalCase(written)}`}`,
  };
}

function listCandidates(candidates: readonly FoundResource[], lookup: ResourceLookup): string {
  return candidates.map((found) => `${qualify(found, lookup)} (${found.path})`).join(" or ");
}

function qualify(found: FoundResource, lookup: ResourceLookup): string {
  const domain = lookup.findDomain(found);
  return domain === undefined ? found.name : `${domain}.${found.name}`;
}

/** The name as it was typed, not as the project spells it. */
function findTypedName({ entry, name }: TypedAttribute): string {
  return entry.split(":")[0] ?? name;
}
