import { toSnakeCase } from "../../support/casing.js";
import { suggest } from "../did-you-mean.js";
import type { Problems } from "../request/problems.js";
import type { AttributeCase } from "../settings.js";
import type { IdentitySpec } from "../spec.js";
import type { ResourceDraft } from "./resource-draft.js";
import { spellAttribute, timestampNames } from "./spelling.js";

/** The identities that were asked for and, for a join resource, the one over what it joins. */
export function buildIdentities(draft: ResourceDraft, problems: Problems): readonly IdentitySpec[] {
  const { typed, target, attributeCase, join } = draft;
  const names = findKnownNames(draft);
  const given = typed.identities.map((identity) => ({
    name: spellAttribute(identity.name, attributeCase),
    attributes: identity.attributes.map((attribute) =>
      findAttributeName(attribute, names, attributeCase, problems),
    ),
  }));
  const keys = join.keyed.map(({ attribute }) => attribute);
  const name = spellAttribute(`unique_${toSnakeCase(target.name)}`, attributeCase);
  const isCovered = keys.length === 0 || given.some(({ attributes }) => haveSame(attributes, keys));
  return isCovered ? given : [{ name, attributes: keys }, ...given];
}

function findKnownNames({ attributes, target, request, attributeCase }: ResourceDraft): readonly string[] {
  const known = [...attributes, ...(target.existing?.attributes ?? [])].map(({ name }) => name);
  return request.timestamps ? [...known, ...timestampNames(attributeCase)] : known;
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
