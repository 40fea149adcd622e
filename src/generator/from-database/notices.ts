import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { groupBy } from "../../support/group-by.js";
import type { Notice } from "../plan.js";
import type { AttributeCase } from "../settings.js";
import type { MissingEnd, Renaming } from "./build-relationships.js";
import type { PlainForeignKey } from "./find-references.js";
import { isToldApart } from "./find-key.js";
import { findAttributeName } from "./name-attributes.js";
import type { PlacedTable } from "./name-tables.js";

interface NamedAttributes {
  readonly definition: ResourceDefinition;
  /** Columns that left their name to a relationship. */
  readonly yielding: ReadonlySet<string>;
}

/** Columns whose attribute could not have the name that it would have had. */
export function tellAttributes(
  { definition: { name: className, attributes }, yielding }: NamedAttributes,
  attributeCase: AttributeCase,
): readonly Notice[] {
  return attributes
    .filter(({ name, column }) => !yielding.has(column) && name !== findAttributeName(column, attributeCase))
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

/** Resources of tables without a primary key, and what is taken for one. */
export function tellKeyless(definitions: readonly ResourceDefinition[]): readonly Notice[] {
  const keyless = definitions.filter(({ primaryKeyConstraint }) => primaryKeyConstraint === false);
  const groups = [...groupBy(keyless, isToldApart)];
  return groups.map(([isApart, group]) => {
    const names = group.map(({ name }) => name).join(", ");
    const tables = group.length === 1 ? `"${group[0]?.table}" has` : "their tables have";
    const [verb, its] = group.length === 1 ? ["takes", "its"] : ["take", "their"];
    return {
      code: "resource.keyless",
      severity: "notice",
      message: isApart
        ? `${names} ${verb} a unique index for ${its} key: ${tables} no primary key.`
        : `${names} ${group.length === 1 ? "is" : "are"} read alone: ${tables} neither a primary key nor a unique index for one.`,
      hint: isApart
        ? "Where you take primaryKeyConstraint: false away, the next migration makes a primary key."
        : `Look at what ${verb === "takes" ? "it takes" : "each takes"} for ${its} key. Where no rows share it, take primaryKeyConstraint: false away, and the next migration makes a primary key.`,
    };
  });
}

/** Resources that migrations leave alone for one reason are told together. */
export function tellUnmanaged(placed: readonly PlacedTable[]): readonly Notice[] {
  return [...groupBy(placed, ({ why = noKey }) => why)].map(([why, group]) => {
    const names = group.map(({ className }) => className).join(", ");
    return {
      code: "resource.unmanaged",
      severity: "notice",
      ...(group.length === 1
        ? {
            message: `${names} is not managed by migrations: "${group[0]?.key}" ${why}.`,
            hint: `Look at what it takes for the key of ${names}, and correct it where rows share it.`,
          }
        : {
            message: `${names} are not managed by migrations: what each reads ${why}.`,
            hint: "Look at what each takes for its key, and correct it where rows share it.",
          }),
    };
  });
}

const noKey = "has no primary key";

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
