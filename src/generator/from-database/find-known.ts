import { buildTableKey } from "../../support/table-key.js";
import type { AttributeDefinition } from "../../runtime/attribute-type.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { toSnakeCase } from "../../support/casing.js";
import { derivePluralNames } from "../inflection.js";
import type { ProjectIndex } from "../project-index.js";
import { timestampNames } from "../resource/spelling.js";
import { findResources } from "../source/resource-reader.js";
import type { ResourceSource } from "../source/resource-source.js";
import type { Target } from "./target.js";

/** The resources that the project has already, by the keys of their tables. */
export function findKnownResources(index: ProjectIndex): ReadonlyMap<string, Target> {
  const paths = new Set([...index.resources.values()].flat());
  const sources = [...paths].flatMap((path) => findResources(index.sources.read(path)));
  return new Map(sources.map((source) => [findKey(source), describeKnown(source)]));
}

function findKey({ table, schema, name }: ResourceSource): string {
  return buildTableKey({
    name: table ?? derivePluralNames(name).table,
    ...(schema !== undefined && { schema }),
  });
}

/** A resource as far as relationships to it need to know it. */
function describeKnown(source: ResourceSource): Target {
  const table = source.table ?? derivePluralNames(source.name).table;
  const { name, path, schema } = source;
  const timestamps = source.timestamps === undefined ? [] : timestampNames(source.timestamps);
  const attributes = [
    ...source.attributes.items.flatMap((each) =>
      each.type ? [describeAttribute({ ...each, type: each.type })] : [],
    ),
    ...timestamps.map((timestamp) => describeAttribute({ ...plainTimestamp, name: timestamp })),
  ];
  const definition: ResourceDefinition = {
    ...{ name, table, attributes, ...(schema !== undefined && { schema }) },
    primaryKey: source.primaryKey ?? [],
    identities: source.identities.items.flatMap(({ name: identity, attributes: keys }) =>
      keys ? [{ name: identity, attributes: keys }] : [],
    ),
    ...{ actions: [], relationships: [] },
  };
  const isDefault = source.exported.kind === "default";
  return { definition, resource: { name, path, table, ...(isDefault && { isDefault }) } };
}

const plainTimestamp = {
  type: { kind: "datetime" },
  required: true,
  primaryKey: false,
  unique: false,
  index: false,
  private: false,
  sensitive: false,
} as const;

type ReadAttribute = Pick<
  AttributeDefinition,
  "name" | "type" | "required" | "primaryKey" | "unique" | "index" | "private" | "sensitive"
> & { readonly column?: string };

function describeAttribute(read: ReadAttribute): AttributeDefinition {
  const { name, type, required, primaryKey, unique, index, sensitive } = read;
  return {
    ...{ name, type, required, primaryKey, unique, index, sensitive, private: read.private },
    ...{ column: read.column ?? toSnakeCase(name), readOnly: false, updatedAutomatically: false },
  };
}
