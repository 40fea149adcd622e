import type { AttributeDefault, AttributeDefinition, ValueGenerator } from "../runtime/attribute-type.js";
import type { ResourceDefinition } from "../runtime/resource-definition.js";
import type { ColumnDefault, ColumnSnapshot } from "./snapshot.js";

/** The columns of a resource's table, in the order of declaration. */
export function describeColumns(definition: ResourceDefinition): readonly ColumnSnapshot[] {
  return definition.attributes.map((attribute) => describeColumn(attribute, definition));
}

function describeColumn(attribute: AttributeDefinition, definition: ResourceDefinition): ColumnSnapshot {
  const { generatedAs, virtual, description } = attribute;
  const columnDefault = attribute.default && describeDefault(attribute.default);
  const isFilled = attribute.required || definition.primaryKey.includes(attribute.name);
  return {
    name: attribute.column,
    type: attribute.type,
    // SQL's own numbering takes no null, whatever is said of it.
    nullable: !isFilled && columnDefault?.kind !== "identity",
    ...(columnDefault && { default: columnDefault }),
    ...(generatedAs !== undefined && { generatedAs }),
    ...(virtual && { virtual }),
    ...(description !== undefined && { comment: description }),
  };
}

function describeDefault(given: AttributeDefault): ColumnDefault | undefined {
  switch (given.kind) {
    case "value":
      return describeLiteral(given.value);
    case "function":
      return undefined;
    case "generated":
      return generatedDefaults[given.by];
    case "sql":
      return { kind: "sql", sql: given.sql };
  }
}

/** Only PostgreSQL 18 makes a version 7 uuid by itself, so the application makes it everywhere. */
const generatedDefaults: Record<ValueGenerator, ColumnDefault | undefined> = {
  uuidV4: { kind: "uuid" },
  uuidV7: undefined,
  increment: { kind: "increment" },
  identity: { kind: "identity", always: false },
  alwaysIdentity: { kind: "identity", always: true },
  now: { kind: "now" },
};

type Literal = Extract<ColumnDefault, { kind: "value" }>["value"];

/** A literal as JSON can hold it; bytes stay with the application, since JSON cannot. */
function describeLiteral(value: unknown): ColumnDefault | undefined {
  if (value === undefined || value instanceof Uint8Array) return undefined;
  const plain: Literal = JSON.parse(JSON.stringify(value, replaceBigint));
  return plain === null ? undefined : { kind: "value", value: plain };
}

function replaceBigint(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
