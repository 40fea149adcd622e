import {
  checkName,
  foreignKeyName,
  identityIndexName,
  indexName,
  primaryKeyName,
} from "../support/constraint-names.js";
import { toSnakeCase } from "../support/casing.js";
import type {
  CheckDefinition,
  ForeignKeyDefinition,
  IdentityDefinition,
  IndexDefinition,
  RelationshipDefinition,
  ResourceDefinition,
} from "./resource-definition.js";

/** The name that the primary key of a resource has in the database. */
export function primaryKeyOf({ table, primaryKeyName: given }: ResourceDefinition): string {
  return given ?? primaryKeyName(table);
}

/** The name that an identity or an index has in the database. */
export function indexOf(
  { table }: ResourceDefinition,
  { name, indexName: given }: IdentityDefinition | IndexDefinition,
): string {
  return given ?? identityIndexName(table, name);
}

/** The name that the index of one attribute has in the database. */
export function attributeIndexOf({ table }: ResourceDefinition, column: string): string {
  return indexName(table, [column]);
}

/** The name that a check has in the database. */
export function checkOf(
  { table }: ResourceDefinition,
  { name, constraintName }: Pick<CheckDefinition, "name" | "constraintName">,
): string {
  return constraintName ?? checkName(table, toSnakeCase(name));
}

/** The name that a foreign key has in the database. */
export function foreignKeyOf(
  definition: ResourceDefinition,
  { attributes, constraintName }: Pick<ForeignKeyDefinition, "attributes" | "constraintName">,
): string {
  const columns = attributes.map((attribute) => columnNameOf(definition, attribute));
  return constraintName ?? foreignKeyName(definition.table, columns);
}

/** The name that the foreign key of a `belongsTo` has in the database; undefined where it has none. */
export function relationshipKeyOf(
  definition: ResourceDefinition,
  { sourceAttribute, foreignKey }: Extract<RelationshipDefinition, { readonly kind: "belongsTo" }>,
): string | undefined {
  if (foreignKey === false) return undefined;
  return foreignKey ?? foreignKeyName(definition.table, [columnNameOf(definition, sourceAttribute)]);
}

/** The column of an attribute; the name itself where there is no such attribute. */
export function columnNameOf({ attributes }: ResourceDefinition, attribute: string): string {
  return attributes.find(({ name }) => name === attribute)?.column ?? attribute;
}
