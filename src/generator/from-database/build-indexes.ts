import type { IndexColumn, IndexSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { IndexDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import { identityIndexName, indexName } from "../../support/constraint-names.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import { findOwnName, isIdentity } from "./build-identities.js";
import { createOptionPool } from "./name-pool.js";
import { findUsableWords } from "./usable-words.js";

interface IndexContext {
  readonly attributeCase: AttributeCase;
  /** Names of the indexes that no identity and no `.index()` can keep. */
  readonly left: ReadonlySet<string>;
  /** Names of the indexes that the foreign keys bring along. */
  readonly implied: ReadonlySet<string>;
}

/** Declares the other indexes: `.index()` where it is the very one that it makes, an entry of `indexes` for any other. */
export function addIndexes(
  definition: ResourceDefinition,
  table: TableSnapshot,
  { attributeCase, left, implied }: IndexContext,
): ResourceDefinition {
  const others = table.indexes
    .filter((index) => !isIdentity(index) || left.has(index.name))
    .filter(({ name }) => !implied.has(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const isShort = (index: IndexSnapshot) => isOwnShape(index, table) && !left.has(index.name);
  const single = new Set(others.filter(isShort).map(({ columns }) => columns[0]));
  const pool = createOptionPool();
  const indexes = others
    .filter((index) => !isShort(index))
    .map((index) =>
      buildIndex(index, definition, (name) => pool.take([spellAttribute(name, attributeCase)])),
    );
  return {
    ...definition,
    attributes: definition.attributes.map((each) => ({ ...each, index: single.has(each.column) })),
    ...(indexes.length > 0 && { indexes }),
  };
}

/** Is it the index that `.index()` or a foreign key over its columns makes? */
export function isOwnPlainIndex(index: IndexSnapshot, table: TableSnapshot): boolean {
  const { name, columns, unique, ...options } = index;
  const names = columns.filter((column) => typeof column === "string");
  const isPlain = !unique && Object.values(options).every((option) => option === undefined);
  return isPlain && names.length === columns.length && name === indexName(table.name, names);
}

function isOwnShape(index: IndexSnapshot, table: TableSnapshot): boolean {
  return index.columns.length === 1 && isOwnPlainIndex(index, table);
}

function buildIndex(
  index: IndexSnapshot,
  definition: ResourceDefinition,
  takeName: (name: string) => string,
): IndexDefinition {
  const spell = (column: string) =>
    definition.attributes.find((each) => each.column === column)?.name ?? column;
  const name = takeName(findOwnName(index.name, definition.table) ?? `by_${describeColumns(index.columns)}`);
  return {
    name,
    on: index.columns.map((column) => (typeof column === "string" ? spell(column) : column)),
    ...(index.unique && { unique: true }),
    ...(index.method !== undefined && { method: index.method }),
    ...(index.where !== undefined && { where: index.where }),
    ...(index.include && { include: index.include.map(spell) }),
    ...(index.nullsNotDistinct && { nullsDistinct: false }),
    ...(identityIndexName(definition.table, name) !== index.name && { indexName: index.name }),
  };
}

/** The words of what is indexed, few enough for a name. */
function describeColumns(columns: readonly IndexColumn[]): string {
  const texts = columns.map((column) => (typeof column === "string" ? column : column.sql));
  return texts
    .flatMap((text) => findUsableWords(text, "n"))
    .slice(0, 6)
    .join("_");
}
