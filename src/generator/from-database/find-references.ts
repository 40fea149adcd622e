import type { ForeignKeySnapshot, ReferentialAction } from "../../migrations/snapshot.js";
import { parseTableKey } from "../../support/table-key.js";
import type { AttributeDefinition } from "../../runtime/attribute-type.js";
import { isSameKeyType } from "../../runtime/checks/relationship-keys.js";
import type {
  ForeignKeyDefinition,
  OnDeleteRule,
  RelationshipDefinition,
  ResourceDefinition,
} from "../../runtime/resource-definition.js";
import { foreignKeyName } from "../../support/constraint-names.js";
import type { Target, Targets } from "./target.js";

/** A foreign key that becomes a `belongsTo`, which has no name yet. */
export interface Reference {
  readonly foreignKey: ForeignKeySnapshot;
  readonly attribute: AttributeDefinition;
  readonly target: Target;
  readonly targetAttribute: AttributeDefinition;
}

/** A foreign key that stays one. */
export interface PlainForeignKey {
  readonly foreignKey: ForeignKeySnapshot;
  /** Why no relationship comes of it, as the end of a sentence; absent where that goes without saying. */
  readonly why?: string;
  readonly hint?: string;
}

export interface FoundReferences {
  readonly references: readonly Reference[];
  readonly plain: readonly PlainForeignKey[];
}

/** Which foreign keys of a table become relationships: those over one column, to a resource, that the runtime can follow. */
export function findReferences(
  base: ResourceDefinition,
  foreignKeys: readonly ForeignKeySnapshot[],
  targets: Targets,
): FoundReferences {
  const references: Reference[] = [];
  const plain: PlainForeignKey[] = [];
  for (const foreignKey of [...foreignKeys].sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const found = findReference(base, foreignKey, targets);
    if ("target" in found && !references.some((other) => isSame(other, found))) references.push(found);
    else plain.push("target" in found ? { foreignKey, why: "another one says the same" } : found);
  }
  const position = ({ attribute }: Reference) => base.attributes.indexOf(attribute);
  return { references: references.sort((left, right) => position(left) - position(right)), plain };
}

function isSame(one: Reference, other: Reference): boolean {
  return one.attribute === other.attribute && one.target === other.target;
}

function findReference(
  base: ResourceDefinition,
  foreignKey: ForeignKeySnapshot,
  targets: Targets,
): Reference | PlainForeignKey {
  const [column, ...more] = foreignKey.columns;
  const target = targets.get(foreignKey.references.table);
  if (more.length > 0) return { foreignKey };
  if (target === undefined) return { foreignKey, ...tellMissing(foreignKey.references.table) };
  const attribute = base.attributes.find((each) => each.column === column);
  const targetAttribute = findColumn(target.definition, foreignKey.references.columns[0]);
  if (attribute === undefined || targetAttribute === undefined) {
    return { foreignKey, why: `${target.resource.name} does not declare its column` };
  }
  const why = findObstacle({ foreignKey, attribute, target, targetAttribute });
  return why === undefined ? { foreignKey, attribute, target, targetAttribute } : { foreignKey, why };
}

/** Databases that migrations are tried on have only the tables that resources have. */
function tellMissing(table: string): Omit<PlainForeignKey, "foreignKey"> {
  return {
    why: `${table} has no resource`,
    hint: `Make one of it too: --tables ${table}. Otherwise add what makes it to snapshot/prerequisites.sql.`,
  };
}

function findColumn(definition: ResourceDefinition, column: string | undefined) {
  return definition.attributes.find((each) => each.column === column);
}

/** What keeps a reference from being a relationship that the runtime follows. */
function findObstacle({ foreignKey, attribute, target, targetAttribute }: Reference): string | undefined {
  if (!isSameKeyType(attribute.type, targetAttribute.type)) {
    return `it compares ${attribute.type.kind} with ${targetAttribute.type.kind}`;
  }
  const nilifies = foreignKey.onDelete === "set null" || foreignKey.onUpdate === "set null";
  if (attribute.required && nilifies) return "it sets a column to null that may not be null";
  return isUnique(target.definition, targetAttribute)
    ? undefined
    : `${target.resource.name}.${targetAttribute.name} need not be unique by itself`;
}

function isUnique(definition: ResourceDefinition, attribute: AttributeDefinition): boolean {
  const keys = [definition.primaryKey, ...definition.identities.map(({ attributes }) => attributes)];
  return attribute.unique || keys.some((key) => key.length === 1 && key[0] === attribute.name);
}

/** What happens to referencing rows, in the words of declarations. */
const rules: Readonly<Record<ReferentialAction, OnDeleteRule>> = {
  cascade: "cascade",
  restrict: "restrict",
  "set null": "nilify",
  "no action": "noAction",
};

/** The belongsTo of a reference. */
export function buildBelongsTo(
  { foreignKey, attribute, target, targetAttribute }: Reference,
  name: string,
  table: string,
): Extract<RelationshipDefinition, { kind: "belongsTo" }> {
  return {
    ...{ kind: "belongsTo", name, destination: target.definition },
    sourceAttribute: attribute.name,
    destinationAttribute: targetAttribute.name,
    ...describeRules(foreignKey),
    ...(foreignKey.name !== foreignKeyName(table, foreignKey.columns) && { foreignKey: foreignKey.name }),
  };
}

/** A foreign key that no relationship says. */
export function buildForeignKey(
  foreignKey: ForeignKeySnapshot,
  name: string,
  base: ResourceDefinition,
): ForeignKeyDefinition {
  const { schema, name: table } = parseTableKey(foreignKey.references.table);
  const { onUpdate = "noAction", ...rest } = describeRules(foreignKey);
  const nameOf = (column: string): string => findColumn(base, column)?.name ?? column;
  return {
    name,
    attributes: foreignKey.columns.map(nameOf),
    references: { ...(schema !== undefined && { schema }), table, columns: foreignKey.references.columns },
    ...{ ...rest, onUpdate },
    ...(foreignKey.setNull && { nilified: foreignKey.setNull.map(nameOf) }),
    ...(foreignKey.name !== foreignKeyName(base.table, foreignKey.columns) && {
      constraintName: foreignKey.name,
    }),
  };
}

function describeRules({ onDelete, onUpdate, deferrable }: ForeignKeySnapshot) {
  return {
    onDelete: rules[onDelete],
    ...(onUpdate && { onUpdate: rules[onUpdate] }),
    ...(deferrable &&
      ({
        deferrable: deferrable === "initially deferred" ? "initiallyDeferred" : "initiallyImmediate",
      } as const)),
  };
}
