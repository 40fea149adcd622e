import type { AttributeDefault, AttributeDefinition, ValueGenerator } from "../runtime/attribute-type.js";
import type {
  OnDeleteRule,
  RelationshipDefinition,
  ResourceDefinition,
} from "../runtime/resource-definition.js";
import { AshlarError, type Problem } from "../support/problem.js";
import { columnOf } from "./attribute-column.js";
import { describeIndexes } from "./describe-indexes.js";
import { findDescriptionProblems, findNameClashes } from "./describe-problems.js";
import { foreignKeyName, primaryKeyName } from "../support/constraint-names.js";
import type {
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  PrimaryKeySnapshot,
  ReferentialAction,
  TableSnapshot,
} from "./snapshot.js";

/**
 * The table that a resource needs: its columns in the order of declaration, its keys, its indexes.
 *
 * @throws AshlarError where a key, identity or relationship names an unknown attribute, or two objects get one name.
 * @example
 * describeTable(definitionOf(UserTask)).primaryKey; // { name: "user_tasks_pkey", columns: ["user_id", "task_id"] }
 */
export function describeTable(definition: ResourceDefinition): TableSnapshot {
  throwIfAny(findDescriptionProblems(definition));
  const table = buildTable(definition);
  throwIfAny(findNameClashes(table));
  return table;
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new AshlarError("failure", problems);
}

function buildTable(definition: ResourceDefinition): TableSnapshot {
  const primaryKey = describePrimaryKey(definition);
  const foreignKeys = describeForeignKeys(definition);
  return {
    name: definition.table,
    columns: definition.attributes.map((attribute) => describeColumn(attribute, definition)),
    ...(primaryKey && { primaryKey }),
    indexes: describeIndexes(definition, primaryKey, foreignKeys),
    foreignKeys,
  };
}

function describeColumn(attribute: AttributeDefinition, definition: ResourceDefinition): ColumnSnapshot {
  const columnDefault = attribute.default && describeDefault(attribute.default);
  return {
    name: attribute.column,
    type: attribute.type,
    nullable: !attribute.required && !definition.primaryKey.includes(attribute.name),
    ...(columnDefault && { default: columnDefault }),
    ...(attribute.description !== undefined && { comment: attribute.description }),
  };
}

function describeDefault(given: AttributeDefault): ColumnDefault | undefined {
  if (given.kind === "value") return describeLiteral(given.value);
  if (given.kind === "function") return undefined;
  return given.kind === "sql" ? given : generatedDefaults[given.by];
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
  if (typeof value === "bigint") return { kind: "value", value: value.toString() };
  const plain: Literal = JSON.parse(JSON.stringify(value));
  return plain === null ? undefined : { kind: "value", value: plain };
}

function describePrimaryKey(definition: ResourceDefinition): PrimaryKeySnapshot | undefined {
  if (definition.primaryKey.length === 0) return undefined;
  const columns = definition.primaryKey.map((name) => columnOf(definition, name));
  return { name: primaryKeyName(definition.table), columns };
}

/** Declarations say what happens; databases have other words for it. */
const onDeleteWords: Record<OnDeleteRule, ReferentialAction> = {
  cascade: "cascade",
  restrict: "restrict",
  nilify: "set null",
  noAction: "no action",
};

function describeForeignKeys(definition: ResourceDefinition): readonly ForeignKeySnapshot[] {
  return definition.relationships.flatMap((relationship) =>
    relationship.kind === "belongsTo" ? [describeForeignKey(definition, relationship)] : [],
  );
}

function describeForeignKey(
  definition: ResourceDefinition,
  relationship: Extract<RelationshipDefinition, { kind: "belongsTo" }>,
): ForeignKeySnapshot {
  const { destination } = relationship;
  const columns = [columnOf(definition, relationship.sourceAttribute)];
  return {
    name: foreignKeyName(definition.table, columns),
    columns,
    references: {
      table: destination.table,
      columns: [columnOf(destination, relationship.destinationAttribute)],
    },
    onDelete: onDeleteWords[relationship.onDelete],
  };
}
