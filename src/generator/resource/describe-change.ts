import type { AttributeDefinition } from "../../runtime/attribute-type.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { describeTable } from "../../migrations/describe.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import type { FoundResource } from "../found-resource.js";

/** A table before and after a change; `before` is absent for a new table. */
export interface TableChange {
  readonly before?: TableSnapshot;
  readonly after: TableSnapshot;
}

/** The change that makes a new resource's table what its definition says. */
export function describeCreation(definition: ResourceDefinition, before?: TableSnapshot): TableChange {
  return { after: describeTable(definition), ...(before && { before }) };
}

/**
 * The change that adds the attributes, identities and references of `additions` to the table of a resource that
 * exists. What the table has otherwise stays as the snapshot tells it, whatever of the resource can be read.
 */
export function describeExtension(
  additions: ResourceDefinition,
  existing: FoundResource,
  snapshot?: TableSnapshot,
): TableChange {
  const added = new Set(additions.attributes.map(({ name }) => name));
  const kept = existing.attributes.filter(({ name }) => !added.has(name)).map(describeKept);
  const primaryKey = (existing.primaryKey ?? [])
    .map(({ name }) => name)
    .filter((name) => kept.some((each) => each.name === name));
  const before = snapshot ?? describeTable({ ...bare(additions), attributes: kept, primaryKey });
  const partial = describeTable({ ...additions, attributes: [...kept, ...additions.attributes], primaryKey });
  const columns = new Set(additions.attributes.map(({ column }) => column));
  const keptColumns = before.columns.map(
    (column) =>
      (columns.has(column.name) ? partial.columns.find(({ name }) => name === column.name) : undefined) ??
      column,
  );
  return {
    before,
    after: {
      ...before,
      columns: [
        ...keptColumns,
        ...partial.columns.filter((column) => columns.has(column.name) && !holds(before.columns, column)),
      ],
      indexes: [...before.indexes, ...partial.indexes.filter((index) => !holds(before.indexes, index))],
      foreignKeys: [
        ...before.foreignKeys,
        ...partial.foreignKeys.filter((key) => !holds(before.foreignKeys, key)),
      ],
    },
  };
}

function bare(definition: ResourceDefinition): ResourceDefinition {
  return { ...definition, identities: [], relationships: [] };
}

function holds(list: readonly { readonly name: string }[], { name }: { readonly name: string }): boolean {
  return list.some((each) => each.name === name);
}

/** An attribute of which only name, column and perhaps type are known; enough for keys and indexes that name it. */
function describeKept({
  name,
  column,
  type = { kind: "text" },
}: FoundResource["attributes"][number]): AttributeDefinition {
  return {
    ...{ name, column, type, required: false, primaryKey: false, unique: false, index: false },
    ...{ private: false, readOnly: false, sensitive: false, updatedAutomatically: false },
  };
}
