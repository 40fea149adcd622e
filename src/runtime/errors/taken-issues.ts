import { attributeIndexOf, indexOf, primaryKeyOf } from "../constraints.js";
import type { IndexDefinition, ResourceDefinition } from "../resource-definition.js";
import type { RuleFailure } from "./database-failure.js";
import { isTableOf } from "./is-table-of.js";
import type { Issue } from "./issue.js";
import { findByColumn, joinWords, nameResource } from "./record-words.js";
import { describeUnknownConstraint } from "./unknown-constraint.js";

/** One issue for each attribute of the key, all of the same words: they name the whole key. */
export function describeTaken(failure: RuleFailure, resource: ResourceDefinition): Issue[] {
  const attributes = findKey(failure, resource);
  if (attributes.length === 0) return [describeUnknownConstraint(failure, resource)];
  const words = joinWords(attributes);
  const isOne = attributes.length === 1;
  return attributes.map((name) => ({
    code: "attribute.taken",
    path: [name],
    message: isOne ? `${words} is taken already.` : `${words} together are taken already.`,
    hint: `Give ${isOne ? "another one" : "others"}, or use the ${nameResource(resource)} that has ${isOne ? "it" : "them"}.`,
  }));
}

function findKey(failure: RuleFailure, resource: ResourceDefinition): readonly string[] {
  const named = listKeys(resource).find(({ constraint }) => constraint === failure.constraint);
  return named?.attributes ?? findByColumns(failure, resource);
}

interface Key {
  readonly constraint: string;
  readonly attributes: readonly string[];
}

function listKeys(resource: ResourceDefinition): readonly Key[] {
  const { primaryKey, identities, attributes, indexes = [] } = resource;
  const unique = indexes.filter((index) => index.unique);
  return [
    { constraint: primaryKeyOf(resource), attributes: primaryKey },
    ...attributes.map(({ name, column }) => ({
      constraint: attributeIndexOf(resource, column),
      attributes: [name],
    })),
    ...identities.map((identity) => ({
      constraint: indexOf(resource, identity),
      attributes: identity.attributes,
    })),
    ...unique.map((index) => ({
      constraint: indexOf(resource, index),
      attributes: listNamed(resource, index),
    })),
  ];
}

/** The attributes of an index; those that its expressions name are found by the names of their columns. */
function listNamed({ attributes }: ResourceDefinition, { on }: IndexDefinition): readonly string[] {
  const words = new Set(on.flatMap((key) => (typeof key === "string" ? [] : (key.sql.match(/\w+/g) ?? []))));
  return attributes
    .filter(({ name, column }) => on.includes(name) || words.has(column))
    .map(({ name }) => name);
}

/** For SQLite, which gives no name, and for keys made by hand. */
function findByColumns(
  { columns = [], ...place }: RuleFailure,
  resource: ResourceDefinition,
): readonly string[] {
  if (!isTableOf(place, resource)) return [];
  const found = columns.flatMap((column) => findByColumn(resource, column)?.name ?? []);
  return found.length === columns.length ? found : [];
}
