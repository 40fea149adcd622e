import { columnOf, type TableMap } from "../mapping/table-map.js";
import { listKeys } from "../query/key-filter.js";
import type { ManageItem } from "./manage-item.js";
import type { ManageRules } from "./manage-rules.js";

/** What an input is recognised by: the attributes of a key and their values. */
export interface ItemKey {
  readonly attributes: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
  /** Equal for equal values of the same attributes. */
  readonly text: string;
}

/** The keys that an input may be recognised by: those that `useIdentities` names, else all, the primary key first. */
export function listItemKeys(
  { definition }: TableMap,
  { useIdentities }: ManageRules,
): readonly (readonly string[])[] {
  if (useIdentities === undefined) {
    // A key that is unique among some rows only may name another row than the one that is meant.
    const partial = definition.identities.filter(({ where }) => where !== undefined);
    return listKeys(definition).filter(
      (key) => key.length > 0 && !partial.some(({ attributes }) => attributes === key),
    );
  }
  return useIdentities.map((name) =>
    name === "primaryKey"
      ? definition.primaryKey
      : (definition.identities.find((identity) => identity.name === name)?.attributes ?? [name]),
  );
}

/** The first key whose values the input gives, all of them. */
export function findItemKey(
  table: TableMap,
  keys: readonly (readonly string[])[],
  { values }: Pick<ManageItem, "values">,
): ItemKey | undefined {
  const attributes = keys.find((key) =>
    key.every((name) => values.get(name) !== undefined && values.get(name) !== null),
  );
  return attributes && buildKey(table, attributes, (name) => values.get(name));
}

/** The key of a record over these attributes. */
export function keyOfRecord(
  table: TableMap,
  attributes: readonly string[],
  record: Readonly<Record<string, unknown>>,
): ItemKey {
  return buildKey(table, attributes, (name) => record[name]);
}

function buildKey(table: TableMap, attributes: readonly string[], read: (name: string) => unknown): ItemKey {
  const parts = attributes.map((name) => {
    const value = read(name);
    return value === null || value === undefined ? null : String(columnOf(table, name).keyOf(value));
  });
  return {
    attributes,
    values: Object.fromEntries(attributes.map((name) => [name, read(name)])),
    text: JSON.stringify([attributes, parts]),
  };
}
