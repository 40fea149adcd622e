import { attributeIndexOf, columnNameOf, indexOf } from "../runtime/constraints.js";
import type {
  IdentityDefinition,
  IndexDefinition,
  IndexKeyDefinition,
  ResourceDefinition,
} from "../runtime/resource-definition.js";
import { indexName } from "../support/constraint-names.js";
import type { DescribedForeignKey } from "./describe-foreign-keys.js";
import type { IndexColumn, IndexSnapshot, PrimaryKeySnapshot } from "./snapshot.js";

/**
 * The indexes of a resource's table: unique ones for unique attributes and identities, those declared by themselves, plain
 * ones for indexed attributes and foreign keys. One that nobody gave anything of its own, and that another index or the
 * primary key does the work of already, is left out.
 */
export function describeIndexes(
  definition: ResourceDefinition,
  primaryKey: PrimaryKeySnapshot | undefined,
  foreignKeys: readonly DescribedForeignKey[],
): readonly IndexSnapshot[] {
  const keys: readonly Key[] = primaryKey ? [primaryKey] : [];
  const unique = withoutRepeats(uniqueCandidates(definition), keys, coversSameColumns);
  const declared = (definition.indexes ?? []).map((index) => describeIndex(definition, index));
  const existing = [...keys, ...unique, ...declared];
  return [
    ...unique,
    ...declared,
    ...withoutRepeats(plainCandidates(definition, foreignKeys), existing, leadsWith),
  ];
}

type Key = Pick<IndexSnapshot, "columns" | "where" | "method" | "nullsNotDistinct">;

/** An index that may turn out to be needless, unless it was asked for as it is. */
interface Candidate {
  readonly index: IndexSnapshot;
  readonly isAsked: boolean;
}

function uniqueCandidates(definition: ResourceDefinition): readonly Candidate[] {
  const ofAttributes = definition.attributes
    .filter(({ unique }) => unique)
    .map(({ column }) => ({
      index: { name: attributeIndexOf(definition, column), columns: [column], unique: true },
      isAsked: false,
    }));
  return [
    ...ofAttributes,
    ...definition.identities.map((identity) => describeIdentity(definition, identity)),
  ];
}

function describeIdentity(definition: ResourceDefinition, identity: IdentityDefinition): Candidate {
  const { name: _, attributes, constraint, ...special } = identity;
  const index = {
    ...buildIndex(definition, identity, attributes),
    unique: true,
    ...(constraint === true && { constraint }),
  };
  return { index, isAsked: constraint === true || Object.keys(special).length > 0 };
}

function describeIndex(definition: ResourceDefinition, declared: IndexDefinition): IndexSnapshot {
  const { on, unique = false, method, include = [] } = declared;
  return {
    ...buildIndex(definition, declared, on),
    unique,
    ...(method !== undefined && method !== "btree" && { method }),
    ...(include.length > 0 && { include: include.map((name) => columnNameOf(definition, name)) }),
  };
}

function buildIndex(
  definition: ResourceDefinition,
  declared: IdentityDefinition | IndexDefinition,
  on: readonly IndexKeyDefinition[],
): Omit<IndexSnapshot, "unique"> {
  const { where, nullsDistinct } = declared;
  return {
    name: indexOf(definition, declared),
    columns: on.map((key) => (typeof key === "string" ? columnNameOf(definition, key) : key)),
    ...(where !== undefined && { where }),
    ...(nullsDistinct === false && { nullsNotDistinct: true }),
  };
}

function plainCandidates(
  definition: ResourceDefinition,
  foreignKeys: readonly DescribedForeignKey[],
): readonly Candidate[] {
  const indexed = definition.attributes.filter(({ index }) => index).map(({ column }) => [column]);
  const referencing = foreignKeys
    .filter(({ isIndexed }) => isIndexed)
    .map(({ foreignKey }) => foreignKey.columns);
  return [...indexed, ...referencing].map((columns) => ({
    index: { name: indexName(definition.table, columns), columns, unique: false },
    isAsked: false,
  }));
}

/** The candidates, in order, save those that a key or an earlier candidate makes needless. */
function withoutRepeats(
  candidates: readonly Candidate[],
  keys: readonly Key[],
  makesNeedless: (existing: Key, candidate: Key) => boolean,
): readonly IndexSnapshot[] {
  const kept: IndexSnapshot[] = [];
  for (const { index, isAsked } of candidates) {
    const existing = [...keys, ...kept].filter(holdsEveryRow);
    if (isAsked || !existing.some((each) => makesNeedless(each, index))) kept.push(index);
  }
  return kept;
}

/** Does it serve every look-up? A condition leaves rows out, and other methods than the usual one serve others. */
function holdsEveryRow({ where, method }: Key): boolean {
  return where === undefined && method === undefined;
}

function coversSameColumns(existing: Key, candidate: Key): boolean {
  const columns = new Set<IndexColumn>(existing.columns);
  return (
    existing.nullsNotDistinct === undefined &&
    columns.size === candidate.columns.length &&
    candidate.columns.every((name) => columns.has(name))
  );
}

function leadsWith(existing: Key, candidate: Key): boolean {
  return candidate.columns.every((name, position) => existing.columns[position] === name);
}
