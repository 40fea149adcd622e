import type { IndexSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { IdentityDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import { identityIndexName, indexName } from "../../support/constraint-names.js";
import { splitWords } from "../../support/casing.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import { createOptionPool } from "./name-pool.js";

/** A unique index over columns alone: what an identity can say. */
interface KeyIndex extends IndexSnapshot {
  readonly columns: readonly string[];
}

/** Can an identity say it? */
export function isIdentity(index: IndexSnapshot): index is KeyIndex {
  const isPlain = index.method === undefined && index.include === undefined;
  return index.unique && isPlain && index.columns.every((column) => typeof column === "string");
}

/** Is every row in the index, so that it makes its columns unique? */
export function isFullKey(index: IndexSnapshot): index is KeyIndex {
  return isIdentity(index) && index.where === undefined;
}

/**
 * Declares what is unique: `.unique()` where the index is the very one that it makes, an identity for any other.
 *
 * @param left names of the indexes to leave to `indexes`
 */
export function addIdentities(
  base: ResourceDefinition,
  table: TableSnapshot,
  { attributeCase, left }: { readonly attributeCase: AttributeCase; readonly left: ReadonlySet<string> },
): ResourceDefinition {
  const keys = table.indexes.filter(isIdentity).filter(({ name }) => !left.has(name));
  const single = new Set(keys.filter((index) => isOwnShape(index, table)).map(({ columns }) => columns[0]));
  const pool = createOptionPool();
  const identities = keys
    .filter((index) => !isOwnShape(index, table))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((index) => buildIdentity(index, base, (name) => pool.take([spellAttribute(name, attributeCase)])));
  return {
    ...base,
    attributes: base.attributes.map((each) => ({ ...each, unique: single.has(each.column) })),
    identities,
  };
}

function isOwnShape(index: KeyIndex, table: TableSnapshot): boolean {
  const { name, columns, where, nullsNotDistinct, constraint } = index;
  const isPlain = where === undefined && nullsNotDistinct === undefined && constraint === undefined;
  return isPlain && columns.length === 1 && name === indexName(table.name, columns);
}

function buildIdentity(
  index: KeyIndex,
  base: ResourceDefinition,
  takeName: (name: string) => string,
): IdentityDefinition {
  const attributes = index.columns.map(
    (column) => base.attributes.find((each) => each.column === column)?.name ?? column,
  );
  const name = takeName(findOwnName(index.name, base.table) ?? `unique_${findWords(attributes)}`);
  return {
    ...{ name, attributes },
    ...(index.where !== undefined && { where: index.where }),
    ...(index.nullsNotDistinct && { nullsDistinct: false }),
    ...(identityIndexName(base.table, name) !== index.name && { indexName: index.name }),
    ...(index.constraint && { constraint: true }),
  };
}

function findWords(attributes: readonly string[]): string {
  return attributes.flatMap(splitWords).join("_");
}

/**
 * The name that an index was made for, where ashlar named it.
 *
 * @example
 * findOwnName("users_unique_email_index", "users"); // "unique_email"
 */
export function findOwnName(index: string, table: string): string | undefined {
  const [start, end] = [`${table}_`, "_index"];
  if (!index.startsWith(start) || !index.endsWith(end)) return undefined;
  const name = index.slice(start.length, -end.length);
  return /^[a-z][a-z0-9_]*$/.test(name) ? name : undefined;
}
