import type { TableSnapshot } from "../../migrations/snapshot.js";
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
