import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import type { Notice } from "../plan.js";
import type { AttributeCase } from "../settings.js";
import type { MissingEnd, Renaming } from "./build-relationships.js";
import type { PlainForeignKey } from "./find-references.js";
import { findAttributeName } from "./name-attributes.js";
import type { PlacedTable } from "./name-tables.js";

/** Columns whose attribute could not have the name that it would have had. */
export function tellAttributes(
  { className }: PlacedTable,
  { attributes }: ResourceDefinition,
  attributeCase: AttributeCase,
): readonly Notice[] {
  return attributes
    .filter(({ name, column }) => name !== findAttributeName(column, attributeCase))
    .map(({ name, column }) => ({
      code: "attribute.renamed",
      severity: "notice",
      message: `The column "${column}" becomes ${className}.${name}: ${findAttributeName(column, attributeCase)} is taken.`,
    }));
}

export function tellRenaming({ resource, name, wanted }: Renaming): Notice {
  return {
    code: "relationship.renamed",
    severity: "notice",
    message: `${resource} gets the relationship ${name}: the name ${wanted} is taken.`,
  };
}

/** Resources that are there already get no other ends. */
export function tellMissingEnds(missing: readonly MissingEnd[]): readonly Notice[] {
  return [...new Set(missing.map(({ path }) => path))].map((path) => {
    const own = missing.filter((each) => each.path === path);
    const references = own.map(({ reference }) => reference).join(", ");
    return {
      code: "relationship.end.left",
      severity: "notice",
      message: `"${path}" stays as it is: ${own[0]?.resource} gets no other end of ${references}.`,
      hint: "Add a hasMany or hasOne there where you want to follow it from that side.",
    };
  });
}

/** A foreign key that no relationship came of. */
export function tellPlain(resource: string, { foreignKey, why, hint }: PlainForeignKey): readonly Notice[] {
  if (why === undefined) return [];
  return [
    {
      code: "foreign_key.plain",
      severity: "notice",
      message: `The foreign key "${foreignKey.name}" of ${resource} is no relationship: ${why}.`,
      ...(hint !== undefined && { hint }),
    },
  ];
}

export function tellUnmanaged({ key, className, why }: PlacedTable): Notice {
  return {
    code: "resource.unmanaged",
    severity: "notice",
    message: `${className} is not managed by migrations: ${why === undefined ? `the table "${key}" has no primary key.` : why}`,
    hint: `Look at what it takes for the key of ${className}, and correct it where rows share it.`,
  };
}

/** Attributes whose values are kept out of errors and logs, by a guess. */
export function tellSensitive(definitions: readonly ResourceDefinition[]): readonly Notice[] {
  const names = definitions.flatMap(({ name, attributes }) =>
    attributes.filter(({ sensitive }) => sensitive).map((each) => `${name}.${each.name}`),
  );
  if (names.length === 0) return [];
  return [
    {
      code: "attribute.sensitive",
      severity: "notice",
      message: `Kept out of errors and logs, by their names: ${names.join(", ")}.`,
      hint: "Take .sensitive() away where that is wrong, and add it where something is missing.",
    },
  ];
}

/** Foreign keys without an index, which make deletions slow. */
export function tellBare(definitions: readonly ResourceDefinition[]): readonly Notice[] {
  const bare = definitions.flatMap(({ name, relationships }) =>
    relationships
      .filter((each) => each.kind === "belongsTo" && each.index === false)
      .map((each) => `${name}.${each.name}`),
  );
  if (bare.length === 0) return [];
  return [
    {
      code: "foreign_key.unindexed",
      severity: "notice",
      message: `The database has no index for ${bare.length === 1 ? "the foreign key" : "the foreign keys"} of ${bare.join(", ")}.`,
      hint: "Where you take { index: false } away, the next migration makes one.",
    },
  ];
}

/** What no declaration can say would be taken away by the next migration. */
export function tellUnfaithful({ key, className }: PlacedTable): Notice {
  return {
    code: "resource.differs",
    severity: "warning",
    message: `${className} does not say all that the table "${key}" has, and the next migration would change it.`,
    hint: "See what: npx ashlar gen migrations --dry-run",
  };
}
