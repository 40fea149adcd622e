import type { AttributeDefault, AttributeDefinition, ValueGenerator } from "../../runtime/attribute-type.js";
import type { RelationshipDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import type { AttributeCase } from "../settings.js";
import type { AttributeSpec, GeneratedKey, ResourceSpec } from "../spec.js";
import type { DraftReference } from "./draft-references.js";
import { timestampNames } from "./spelling.js";

const generators: Record<GeneratedKey, ValueGenerator> = {
  uuid: "uuidV4",
  uuidV7: "uuidV7",
  integer: "increment",
};

/**
 * The definition that the resource's file will have when it is loaded, so that its table is described by the one
 * engine that describes loaded resources. Only what a table is made of is filled in.
 */
export function buildDefinition(
  spec: ResourceSpec,
  references: readonly DraftReference[],
  attributeCase: AttributeCase,
): ResourceDefinition {
  const { name, table, primaryKey, identities } = spec;
  const timestamps = spec.timestamps ? timestampNames(attributeCase).map(buildTimestamp) : [];
  return {
    ...{ name, table, primaryKey, identities, actions: [] },
    ...pickOptions(spec),
    attributes: [...spec.attributes.map(buildAttribute), ...timestamps],
    relationships: references.map(buildReference),
  };
}

type Options = Pick<
  ResourceSpec,
  | "description"
  | "schema"
  | "managed"
  | "primaryKeyName"
  | "primaryKeyConstraint"
  | "indexes"
  | "checks"
  | "foreignKeys"
  | "statements"
>;

/** What is said of the table as it is, and only where it is said. */
function pickOptions(spec: Options): Options {
  const { description, schema, managed, primaryKeyName, primaryKeyConstraint } = spec;
  const { indexes, checks, foreignKeys, statements } = spec;
  return {
    ...(description !== undefined && { description }),
    ...(schema !== undefined && { schema }),
    ...(managed !== undefined && { managed }),
    ...(primaryKeyName !== undefined && { primaryKeyName }),
    ...(primaryKeyConstraint !== undefined && { primaryKeyConstraint }),
    ...(indexes && { indexes }),
    ...(checks && { checks }),
    ...(foreignKeys && { foreignKeys }),
    ...(statements && { statements }),
  };
}

function buildAttribute(spec: AttributeSpec): AttributeDefinition {
  const given = findDefault(spec);
  const { name, column, type, required, primaryKey, unique, index, sensitive } = spec;
  const { generatedAs, virtual, description } = spec;
  return {
    ...{ name, column, type, required, primaryKey, unique, index, sensitive, private: spec.private },
    readOnly: spec.readOnly ?? (spec.generated !== undefined || generatedAs !== undefined),
    updatedAutomatically: false,
    ...(given && { default: given }),
    ...(generatedAs !== undefined && { generatedAs }),
    ...(virtual && { virtual }),
    ...(description !== undefined && { description }),
  };
}

function findDefault(spec: AttributeSpec): AttributeDefault | undefined {
  if (spec.generated) return { kind: "generated", by: generators[spec.generated] };
  if (spec.default?.kind === "now") return { kind: "generated", by: "now" };
  return spec.default;
}

function buildTimestamp(name: string): AttributeDefinition {
  const attribute: AttributeSpec = {
    ...{ name, column: name.replace(/At$/, "_at"), type: { kind: "datetime" } },
    ...{ required: true, primaryKey: false, unique: false, index: false, private: false, sensitive: false },
    default: { kind: "now" },
  };
  return buildAttribute(attribute);
}

function buildReference(reference: DraftReference): RelationshipDefinition {
  const { name, attribute, destination, key, onDelete = "noAction" } = reference;
  return {
    ...{ kind: "belongsTo", name, sourceAttribute: attribute, destinationAttribute: key.name, onDelete },
    destination: {
      ...{ name: destination.name, table: destination.table, primaryKey: [key.name] },
      ...(destination.schema !== undefined && { schema: destination.schema }),
      ...{ identities: [], actions: [], relationships: [] },
      attributes: [describeKey(key.name, key.column)],
    },
  };
}

function describeKey(name: string, column: string): AttributeDefinition {
  return buildAttribute({
    ...{ name, column, type: { kind: "uuid" } },
    ...{ required: true, primaryKey: true, unique: false, index: false, private: false, sensitive: false },
  });
}
