import type { AttributeDefinition } from "../../runtime/attribute-type.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { describeTable } from "../../migrations/describe.js";
import { indexName } from "../../support/constraint-names.js";
import type {
  ColumnSnapshot,
  IndexColumn,
  IndexSnapshot,
  PrimaryKeySnapshot,
  TableSnapshot,
} from "../../migrations/snapshot.js";
import type { FoundResource } from "../found-resource.js";

/** A table before and after a change; `before` is absent for a new table. */
export interface TableChange {
  readonly before?: TableSnapshot;
  readonly after: TableSnapshot;
  /** False where no snapshot told what the table was: then only the difference of the two is known. */
  readonly isTracked: boolean;
}

/** The change that makes a new resource's table what its definition says. */
export function describeCreation(definition: ResourceDefinition, before?: TableSnapshot): TableChange {
  return { after: describeTable(definition), ...(before && { before }), isTracked: true };
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
  const key = existing.primaryKey?.map(({ name }) => name) ?? additions.primaryKey;
  const describe = (definition: ResourceDefinition) => {
    // A key may stand where it cannot be read from.
    const isKnown = (each: string) => definition.attributes.some(({ name }) => name === each);
    return describeTable({ ...definition, primaryKey: key.filter(isKnown) });
  };
  const before = snapshot ?? describe({ ...bare(additions), attributes: kept });
  const partial = describe({ ...additions, attributes: [...kept, ...additions.attributes] });
  const columns = partial.columns.filter(({ name }) =>
    additions.attributes.some(({ column }) => column === name),
  );
  // Where the resource has a key and its table has none, that is as it was declared.
  const isKeyless = snapshot !== undefined && existing.primaryKey !== undefined;
  const primaryKey = before.primaryKey ?? (isKeyless ? undefined : partial.primaryKey);
  const indexes = addMissing(updateIndexes(before, partial, columns), partial.indexes);
  return {
    before,
    after: {
      ...before,
      columns: addMissing(
        before.columns.map((column) => columns.find(({ name }) => name === column.name) ?? column),
        columns,
      ),
      indexes: dropNeedless(indexes, primaryKey),
      foreignKeys: addMissing(before.foreignKeys, partial.foreignKeys),
      ...(primaryKey && { primaryKey }),
    },
    isTracked: snapshot !== undefined,
  };
}

function bare(definition: ResourceDefinition): ResourceDefinition {
  return { ...definition, identities: [], relationships: [] };
}

function addMissing<Named extends { readonly name: string }>(
  list: readonly Named[],
  others: readonly Named[],
): readonly Named[] {
  return [...list, ...others.filter(({ name }) => list.every((each) => each.name !== name))];
}

/** The indexes of a table, those of its replaced columns as they are wanted now. */
function updateIndexes(
  { name: table, indexes, foreignKeys }: TableSnapshot,
  partial: TableSnapshot,
  replaced: readonly ColumnSnapshot[],
): readonly IndexSnapshot[] {
  const own = new Map(replaced.map(({ name }) => [indexName(table, [name]), name]));
  return indexes.flatMap((index) => {
    const column = own.get(index.name);
    if (column === undefined) return [index];
    const wanted = partial.indexes.find(({ name }) => name === index.name);
    const refers = foreignKeys.some(({ columns }) => columns[0] === column);
    return wanted ?? (refers ? { ...index, unique: false } : []);
  });
}

/** As in a table that is described whole: an index that the key or another index does the work of is left out. */
function dropNeedless(
  indexes: readonly IndexSnapshot[],
  primaryKey: PrimaryKeySnapshot | undefined,
): readonly IndexSnapshot[] {
  const unique = indexes.filter((index) => index.unique);
  const plain = indexes.filter((index) => !index.unique);
  const keys = [...(primaryKey ? [primaryKey] : []), ...unique];
  return [
    ...unique.filter((index) => index === keys.find((key) => isSameSet(key.columns, index.columns))),
    ...plain.filter(
      (index) => ![...keys, ...plain.slice(0, plain.indexOf(index))].some((key) => leads(key, index)),
    ),
  ];
}

function isSameSet(left: readonly IndexColumn[], right: readonly IndexColumn[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}

function leads(key: { readonly columns: readonly IndexColumn[] }, { columns }: IndexSnapshot): boolean {
  return columns.every((name, position) => key.columns[position] === name);
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
