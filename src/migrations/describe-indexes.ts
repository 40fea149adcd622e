import type { AttributeDefinition } from "../runtime/attribute-type.js";
import type { ResourceDefinition } from "../runtime/resource-definition.js";
import { columnOf } from "./attribute-column.js";
import { identityIndexName, indexName } from "../support/constraint-names.js";
import type { ForeignKeySnapshot, IndexColumn, IndexSnapshot, PrimaryKeySnapshot } from "./snapshot.js";

/**
 * The indexes of a resource's table: unique ones for unique attributes and identities, plain ones for indexed attributes
 * and foreign keys. One that another index or the primary key already does the work of is left out.
 */
export function describeIndexes(
  definition: ResourceDefinition,
  primaryKey: PrimaryKeySnapshot | undefined,
  foreignKeys: readonly ForeignKeySnapshot[],
): readonly IndexSnapshot[] {
  const keys: readonly Key[] = primaryKey ? [primaryKey] : [];
  const unique = withoutRepeats(uniqueCandidates(definition), keys, coversSameColumns);
  const plain = withoutRepeats(plainCandidates(definition, foreignKeys), [...keys, ...unique], leadsWith);
  return [...unique, ...plain];
}

interface Key {
  readonly columns: readonly IndexColumn[];
}

function uniqueCandidates(definition: ResourceDefinition): readonly IndexSnapshot[] {
  const { table } = definition;
  const fromAttributes = columnsWhere(definition, ({ unique }) => unique).map((column) => ({
    name: indexName(table, [column]),
    columns: [column],
    unique: true,
  }));
  const fromIdentities = definition.identities.map((identity) => ({
    name: identityIndexName(table, identity.name),
    columns: identity.attributes.map((name) => columnOf(definition, name)),
    unique: true,
  }));
  return [...fromAttributes, ...fromIdentities];
}

function plainCandidates(
  definition: ResourceDefinition,
  foreignKeys: readonly ForeignKeySnapshot[],
): readonly IndexSnapshot[] {
  const indexed = columnsWhere(definition, ({ index }) => index).map((column) => [column]);
  const referencing = foreignKeys.map(({ columns }) => columns);
  return [...indexed, ...referencing].map((columns) => ({
    name: indexName(definition.table, columns),
    columns,
    unique: false,
  }));
}

/** The candidates, in order, save those that a key or an earlier candidate makes needless. */
function withoutRepeats(
  candidates: readonly IndexSnapshot[],
  keys: readonly Key[],
  makesNeedless: (existing: Key, candidate: Key) => boolean,
): readonly IndexSnapshot[] {
  const kept: IndexSnapshot[] = [];
  for (const candidate of candidates) {
    if (![...keys, ...kept].some((existing) => makesNeedless(existing, candidate))) kept.push(candidate);
  }
  return kept;
}

function coversSameColumns(existing: Key, candidate: Key): boolean {
  const columns = new Set(existing.columns);
  return columns.size === candidate.columns.length && candidate.columns.every((name) => columns.has(name));
}

function leadsWith(existing: Key, candidate: Key): boolean {
  return candidate.columns.every((name, position) => existing.columns[position] === name);
}

function columnsWhere(
  definition: ResourceDefinition,
  isMeant: (attribute: AttributeDefinition) => boolean,
): readonly string[] {
  return definition.attributes.filter(isMeant).map(({ column }) => column);
}
