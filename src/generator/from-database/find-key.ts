import type { TableSnapshot } from "../../migrations/snapshot.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { isFullKey } from "./build-identities.js";

/**
 * The columns that tell one row from another: the primary key; of a table or view without one a unique index, else a
 * column named `id`, else every column that is never null, else the first.
 */
export function findKey({ primaryKey, indexes, columns }: TableSnapshot): readonly string[] {
  if (primaryKey) return primaryKey.columns;
  const required = columns.filter(({ nullable }) => !nullable).map(({ name }) => name);
  const unique = indexes
    .filter(isFullKey)
    .find((index) => index.columns.every((column) => required.includes(column)));
  if (unique) return unique.columns;
  const id = columns.find(({ name }) => name.toLowerCase() === "id");
  if (id) return [id.name];
  return required.length > 0 ? required : columns.slice(0, 1).map(({ name }) => name);
}

/** Can a resource take these columns for its key? None that may be null or are generated. */
export function isSayableKey(key: readonly string[], { primaryKey, columns }: TableSnapshot): boolean {
  if (primaryKey) return true;
  return columns
    .filter(({ name }) => key.includes(name))
    .every(({ nullable, generatedAs }) => !nullable && generatedAs === undefined);
}

/** Does the database keep two rows from having the same key? */
export function isToldApart({ primaryKeyConstraint, ...definition }: ResourceDefinition): boolean {
  if (primaryKeyConstraint !== false) return true;
  const { attributes, identities, primaryKey } = definition;
  const unique = attributes.filter((each) => each.unique).map(({ name }) => [name]);
  const named = identities.filter(({ where }) => where === undefined).map((each) => each.attributes);
  return [...unique, ...named].some((names) => names.every((name) => primaryKey.includes(name)));
}
