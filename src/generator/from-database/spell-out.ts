import type { AttributeDefinition } from "../../runtime/attribute-type.js";
import type { RelationshipDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import { isToldApart } from "./find-key.js";
import { timestampNames } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import type {
  AttributeSpec,
  DefaultAction,
  DefaultSpec,
  GeneratedKey,
  LiteralValue,
  RelationshipSpec,
  ResourceReference,
  ResourceSpec,
} from "../spec.js";

interface SpellingContext {
  readonly domain: string;
  readonly attributeCase: AttributeCase;
  /** Where the resources stand that relationships name. */
  readonly references: ReadonlyMap<ResourceDefinition, ResourceReference>;
}

/** A definition as it is written: shorthands where they say exactly that, and nothing that goes without saying. */
export function spellOut(definition: ResourceDefinition, context: SpellingContext): ResourceSpec {
  const { attributes, relationships, actions: _actions, ...rest } = definition;
  const stamps = findTimestamps(attributes, context.attributeCase);
  return {
    ...{ ...rest, domain: context.domain, timestamps: stamps.length > 0 },
    attributes: attributes.filter((each) => !stamps.includes(each)).map(spellAttribute),
    relationships: relationships.map((each) => spellRelationship(each, definition, context)),
    actions: chooseActions(definition),
  };
}

/** The attributes that `...timestamps()` says as they are; none unless both are there. */
function findTimestamps(
  attributes: readonly AttributeDefinition[],
  attributeCase: AttributeCase,
): readonly AttributeDefinition[] {
  const names = timestampNames(attributeCase);
  const found = attributes.filter((each) => names.includes(each.name) && isTimestamp(each));
  return found.length === names.length ? found : [];
}

function isTimestamp({
  name,
  column,
  type,
  required,
  default: given,
  ...rest
}: AttributeDefinition): boolean {
  const isOwn = column === (name.startsWith("inserted") ? "inserted_at" : "updated_at");
  const isMoment = type.kind === "datetime" && type.databaseType === undefined;
  const isNow = given?.kind === "generated" && given.by === "now";
  const isMore = rest.primaryKey || rest.unique || rest.index || rest.description !== undefined;
  return isOwn && isMoment && isNow && required && !isMore && rest.generatedAs === undefined;
}

function spellAttribute(attribute: AttributeDefinition): AttributeSpec {
  const { readOnly, updatedAutomatically: _updated, default: given, generatedAs, ...rest } = attribute;
  const generated = findShorthand(attribute);
  const isImplied = generated !== undefined || generatedAs !== undefined || isAlways(attribute);
  const spelled = generated === undefined && given ? spellDefault(given) : undefined;
  return {
    ...rest,
    ...(generated && { generated }),
    ...(spelled && { default: spelled }),
    ...(generatedAs !== undefined && { generatedAs }),
    ...(readOnly && !isImplied && { readOnly }),
  };
}

function isAlways({ default: given }: AttributeDefinition): boolean {
  return given?.kind === "generated" && given.by === "alwaysIdentity";
}

function findShorthand({ type, primaryKey, default: given }: AttributeDefinition): GeneratedKey | undefined {
  if (!primaryKey || given?.kind !== "generated" || type.databaseType !== undefined) return undefined;
  if (type.kind === "uuid" && given.by === "uuidV4") return "uuid";
  return type.kind === "integer" && given.by === "increment" ? "integer" : undefined;
}

function spellDefault(given: NonNullable<AttributeDefinition["default"]>): DefaultSpec | undefined {
  switch (given.kind) {
    case "value":
      // What a snapshot holds is JSON, and what was made of it are dates and bigints.
      return { kind: "value", value: given.value as LiteralValue };
    case "function":
      return undefined;
    case "generated":
    case "sql":
      return given;
  }
}

function spellRelationship(
  relationship: RelationshipDefinition,
  owner: ResourceDefinition,
  context: SpellingContext,
): RelationshipSpec {
  const destination = refer(relationship.destination, context);
  const sourceKey = unlessKey(owner, relationship.sourceAttribute);
  const destinationKey = unlessKey(relationship.destination, relationship.destinationAttribute);
  switch (relationship.kind) {
    case "belongsTo":
      return spellBelongsTo(relationship, { owner, destination, destinationKey });
    case "hasOne":
    case "hasMany": {
      const { kind, name, destinationAttribute } = relationship;
      return {
        ...{ kind, name, destination, destinationAttribute },
        ...(sourceKey !== undefined && { sourceAttribute: sourceKey }),
      };
    }
    case "manyToMany": {
      const { kind, name, sourceAttributeOnJoinResource, destinationAttributeOnJoinResource } = relationship;
      return {
        ...{ kind, name, destination, through: refer(relationship.through, context) },
        ...{ sourceAttributeOnJoinResource, destinationAttributeOnJoinResource },
        ...(sourceKey !== undefined && { sourceAttribute: sourceKey }),
        ...(destinationKey !== undefined && { destinationAttribute: destinationKey }),
      };
    }
  }
}

type BelongsTo = Extract<RelationshipDefinition, { kind: "belongsTo" }>;

function spellBelongsTo(
  relationship: BelongsTo,
  {
    owner,
    destination,
    destinationKey,
  }: {
    readonly owner: ResourceDefinition;
    readonly destination: ResourceReference;
    readonly destinationKey: string | undefined;
  },
): RelationshipSpec {
  const { kind, name, sourceAttribute, onDelete, onUpdate, deferrable, foreignKey, index } = relationship;
  return {
    ...{ kind, name, destination },
    ...(sourceAttribute !== findImplied(owner, name) && { sourceAttribute }),
    ...(destinationKey !== undefined && { destinationAttribute: destinationKey }),
    ...(onDelete !== "noAction" && { onDelete }),
    ...(onUpdate !== undefined && onUpdate !== "noAction" && { onUpdate }),
    ...(deferrable && { deferrable }),
    ...(foreignKey !== undefined && { foreignKey }),
    ...(index !== undefined && { index }),
  };
}

/** The source attribute that a `belongsTo` of a name has where none is given. */
function findImplied({ attributes }: ResourceDefinition, name: string): string {
  const has = (wanted: string) => attributes.some((each) => each.name === wanted);
  return !has(`${name}Id`) && has(`${name}_id`) ? `${name}_id` : `${name}Id`;
}

/** The attribute, unless it is the whole primary key, which goes without saying. */
function unlessKey({ primaryKey }: ResourceDefinition, attribute: string): string | undefined {
  return primaryKey.length === 1 && primaryKey[0] === attribute ? undefined : attribute;
}

function refer(definition: ResourceDefinition, { references }: SpellingContext): ResourceReference {
  const { name, table } = definition;
  return references.get(definition) ?? { name, table, path: "" };
}

/** What is not a table's own row is read alone; a row that is all key cannot be changed. */
function chooseActions(definition: ResourceDefinition): readonly DefaultAction[] {
  if (definition.managed === false || !isToldApart(definition)) return ["read"];
  const isFixed = definition.attributes.every(({ primaryKey, readOnly }) => primaryKey || readOnly);
  return isFixed ? ["create", "read", "destroy"] : ["create", "read", "update", "destroy"];
}
