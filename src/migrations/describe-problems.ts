import type { ResourceDefinition } from "../runtime/resource-definition.js";
import type { Problem } from "../support/problem.js";
import type { TableSnapshot } from "./snapshot.js";

/** Every attribute that a key, an identity or a relationship names and that is not there. */
export function findDescriptionProblems(definition: ResourceDefinition): readonly Problem[] {
  return attributeUses(definition)
    .filter(({ owner, attribute }) => !owner.attributes.some(({ name }) => name === attribute))
    .map(({ owner, attribute, user }) => ({
      code: "table.attribute.unknown",
      message: `${user} of ${definition.name} names "${attribute}", which ${owner.name} does not declare.`,
      hint: `Declare "${attribute}" in ${owner.name}, or name one of ${listNames(owner)}.`,
    }));
}

interface AttributeUse {
  readonly owner: ResourceDefinition;
  readonly attribute: string;
  /** What names the attribute, as the message calls it. */
  readonly user: string;
}

function attributeUses(definition: ResourceDefinition): readonly AttributeUse[] {
  const inKey = definition.primaryKey.map((attribute) => ({
    owner: definition,
    attribute,
    user: "The primary key",
  }));
  const inIdentities = definition.identities.flatMap(({ name, attributes }) =>
    attributes.map((attribute) => ({ owner: definition, attribute, user: `The identity "${name}"` })),
  );
  return [...inKey, ...inIdentities, ...relationshipUses(definition)];
}

function relationshipUses(definition: ResourceDefinition): readonly AttributeUse[] {
  return definition.relationships.flatMap((relationship) => {
    if (relationship.kind !== "belongsTo") return [];
    const user = `The relationship "${relationship.name}"`;
    return [
      { owner: definition, attribute: relationship.sourceAttribute, user },
      { owner: relationship.destination, attribute: relationship.destinationAttribute, user },
    ];
  });
}

function listNames(definition: ResourceDefinition): string {
  return definition.attributes.map(({ name }) => `"${name}"`).join(", ");
}

/** Every name that two columns, or two constraints and indexes, of a table would share. */
export function findNameClashes(table: TableSnapshot): readonly Problem[] {
  const columns = table.columns.map(({ name }) => name);
  const objects = [table.primaryKey, ...table.indexes, ...table.foreignKeys].flatMap((object) =>
    object ? [object.name] : [],
  );
  return [
    ...findRepeated(columns).map((name) => ({
      code: "table.column.repeated",
      message: `Two attributes would be the column "${name}" of the table "${table.name}".`,
      hint: `Give one of them another column: .column("…").`,
    })),
    ...findRepeated(objects).map((name) => ({
      code: "table.name.repeated",
      message: `Two constraints or indexes of the table "${table.name}" would be named "${name}".`,
      hint: "Rename the identity, or leave out the relationship that says the same twice.",
    })),
  ];
}

function findRepeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, position) => names.indexOf(name) < position))];
}
