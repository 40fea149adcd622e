/**
 * Some of what a table has comes along with what is declared: a foreign key brings an index unless another one leads
 * with its columns, and an identity brings none where the primary key covers it. What exactly is for `describeTable` to
 * say, so it is asked: a definition is made, described and compared, and what differs is declared in another way.
 */
import { stringifySorted } from "../../migrations/canonical-json.js";
import { describeTable } from "../../migrations/describe.js";
import { serializeTable } from "../../migrations/serialize.js";
import type { IndexSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type {
  ForeignKeyDefinition,
  RelationshipDefinition,
  ResourceDefinition,
} from "../../runtime/resource-definition.js";
import type { AttributeCase } from "../settings.js";
import { isAshlarError } from "../../support/problem.js";
import { addChecks } from "./build-checks.js";
import { addIdentities } from "./build-identities.js";
import { addIndexes, isOwnPlainIndex } from "./build-indexes.js";

export interface TableParts {
  readonly base: ResourceDefinition;
  readonly table: TableSnapshot;
  readonly relationships: readonly RelationshipDefinition[];
  readonly foreignKeys: readonly ForeignKeyDefinition[];
  readonly attributeCase: AttributeCase;
}

export interface FaithfulDefinition {
  readonly definition: ResourceDefinition;
  /** Does it describe the very table? */
  readonly isFaithful: boolean;
}

/** How the indexes of a table are declared. */
interface Choices {
  /** Names of indexes that are entries of `indexes`, though an identity or an attribute could say them. */
  readonly left: ReadonlySet<string>;
  /** Names of indexes that come along with foreign keys. */
  readonly implied: ReadonlySet<string>;
  /** Columns, joined, of the foreign keys that bring no index. */
  readonly bare: ReadonlySet<string>;
}

/** The definition that describes a table as it is, all its parts declared. */
export function buildFaithfully(parts: TableParts): FaithfulDefinition {
  const { table } = parts;
  const keys = new Set(table.foreignKeys.map(({ columns }) => joinColumns(columns)));
  const isImplied = (index: IndexSnapshot) =>
    isOwnPlainIndex(index, table) && keys.has(joinColumns(index.columns.map(String)));
  const implied = new Set(table.indexes.filter(isImplied).map(({ name }) => name));
  const first: Choices = { left: new Set(), implied, bare: new Set() };
  const described = describe(build(parts, first));
  const choices = described ? mend(first, described, table) : { ...first, bare: findBare(table, implied) };
  const definition = build(parts, choices);
  const final = describe(definition);
  return { definition, isFaithful: final !== undefined && serializeTable(final) === serializeTable(table) };
}

/** The table of a definition; undefined where two of its parts would share a name. */
function describe(definition: ResourceDefinition): TableSnapshot | undefined {
  try {
    return describeTable(definition);
  } catch (error) {
    if (isAshlarError(error)) return undefined;
    throw error;
  }
}

/** Every foreign key without an index of its own: those that would come along take a name that another one has. */
function findBare({ foreignKeys, indexes }: TableSnapshot, implied: ReadonlySet<string>): Choices["bare"] {
  const covered = indexes
    .filter(({ name }) => implied.has(name))
    .map(({ columns }) => joinColumns(columns.map(String)));
  const keys = foreignKeys.map(({ columns }) => joinColumns(columns));
  return new Set(keys.filter((key) => !covered.includes(key)));
}

function build({ base, table, relationships, foreignKeys, attributeCase }: TableParts, choices: Choices) {
  const { left, implied, bare } = choices;
  const unique = addIdentities(base, table, { attributeCase, left });
  const indexed = addIndexes(unique, table, { attributeCase, left, implied });
  const columns = (attributes: readonly string[]) =>
    joinColumns(attributes.map((name) => base.attributes.find((each) => each.name === name)?.column ?? name));
  const isBare = (attributes: readonly string[]) => bare.has(columns(attributes));
  const plain = foreignKeys.map((each) => ({ ...each, ...(isBare(each.attributes) && { index: false }) }));
  return {
    ...addChecks(indexed, table, attributeCase),
    relationships: relationships.map((each) =>
      each.kind === "belongsTo" && isBare([each.sourceAttribute]) ? { ...each, index: false } : each,
    ),
    ...(plain.length > 0 && { foreignKeys: plain }),
  };
}

function mend({ left, implied, bare }: Choices, described: TableSnapshot, table: TableSnapshot): Choices {
  const isLost = (index: IndexSnapshot) => !described.indexes.some((each) => isSame(each, index));
  const lost = new Set(table.indexes.filter(isLost).map(({ name }) => name));
  const extra = described.indexes.filter(({ name }) => table.indexes.every((each) => each.name !== name));
  return {
    left: new Set([...left, ...lost]),
    implied: new Set([...implied].filter((name) => !lost.has(name))),
    bare: new Set([...bare, ...extra.map(({ columns }) => joinColumns(columns.map(String)))]),
  };
}

function isSame(one: IndexSnapshot, other: IndexSnapshot): boolean {
  return stringifySorted(one) === stringifySorted(other);
}

function joinColumns(columns: readonly string[]): string {
  return JSON.stringify(columns);
}
