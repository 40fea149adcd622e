import { buildTableKey } from "../support/table-key.js";
import { toSnakeCase } from "../support/casing.js";
import type { GeneratorContext } from "./context.js";
import { createDomainLookup } from "./domain-lookup.js";
import type { FoundAttribute, FoundResource, ResourceLookup } from "./found-resource.js";
import { derivePluralNames } from "./inflection.js";
import type { ProjectIndex } from "./project-index.js";
import { readSnapshot } from "./snapshot-store.js";
import { findResources } from "./source/resource-reader.js";
import type { AttributeSource, RelationshipSource, ResourceSource } from "./source/resource-source.js";

/** Looks resources up by name; a key that a file does not tell is taken from the snapshot of its table. */
export function createLookup(context: GeneratorContext, index: ProjectIndex): ResourceLookup {
  const known = new Map<string, readonly FoundResource[]>();
  const domains = createDomainLookup(index);
  return {
    names: [...index.resources.keys()],
    findDomain: domains.findDomainOf,
    find(className) {
      const found = known.get(className) ?? readNamed(context, index, className);
      known.set(className, found);
      return found;
    },
  };
}

function readNamed(
  context: GeneratorContext,
  index: ProjectIndex,
  className: string,
): readonly FoundResource[] {
  const paths = index.resources.get(className) ?? [];
  const found = paths
    .flatMap((path) => findResources(index.sources.read(path)))
    .filter(({ name }) => name === className);
  if (found.length === 0) index.sources.requireWhole();
  return found.map((source) => describeFound(source, context));
}

function describeFound(source: ResourceSource, context: GeneratorContext): FoundResource {
  const table = source.table ?? derivePluralNames(source.name).table;
  const schema = source.schema !== undefined && { schema: source.schema };
  const primaryKey =
    findSourceKey(source) ?? findSnapshotKey(buildTableKey({ ...schema, name: table }), context);
  return {
    ...{ name: source.name, path: source.path, table },
    ...schema,
    ...(source.exported.kind === "default" && { isDefault: true }),
    ...(isHidden(source) && { isHidden: true }),
    attributes: [...source.attributes.items.map(describeAttribute), ...describeTimestamps(source)],
    complete: source.attributes.complete,
    relationships: source.relationships.items.map(describeRelationship),
    ...(primaryKey && { primaryKey }),
  };
}

function isHidden({ exported, name }: ResourceSource): boolean {
  return exported.kind === "none" || (exported.kind === "named" && exported.name !== name);
}

function describeAttribute({ name, column, type }: AttributeSource): FoundAttribute {
  return { name, column: column ?? toSnakeCase(name), ...(type && { type }) };
}

function describeTimestamps({ timestamps }: ResourceSource): readonly FoundAttribute[] {
  if (timestamps === undefined) return [];
  const names = timestamps === "camelCase" ? ["insertedAt", "updatedAt"] : ["inserted_at", "updated_at"];
  return names.map((name) => ({ name, column: toSnakeCase(name), type: { kind: "datetime" } }));
}

function describeRelationship({ name, kind, destination, through, options }: RelationshipSource) {
  return {
    ...{ name, options },
    ...(kind && { kind }),
    ...(destination !== undefined && { destination }),
    ...(through !== undefined && { through }),
  };
}

function findSourceKey(source: ResourceSource): readonly FoundAttribute[] | undefined {
  return source.primaryKey?.flatMap((name) =>
    source.attributes.items.filter((attribute) => attribute.name === name).map(describeAttribute),
  );
}

function findSnapshotKey(table: string, context: GeneratorContext): readonly FoundAttribute[] | undefined {
  const snapshot = readSnapshot(context, table);
  return snapshot?.primaryKey?.columns.flatMap((column) => {
    const found = snapshot.columns.find(({ name }) => name === column);
    return found ? [{ name: column, column, type: found.type }] : [];
  });
}
