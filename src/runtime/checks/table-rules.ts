import type { Problem } from "../../support/problem.js";
import type { ForeignKeyDefinition, ResourceDefinition } from "../resource-definition.js";
import { findAttribute, findRepeated, listAttributes, type ResourceRule } from "./definition-rule.js";
import { findGivenNameProblems } from "./given-names.js";
import { findValueProblems } from "./generated-rules.js";

/** What is wrong with a definition by itself. */
type DefinitionRule = (definition: ResourceDefinition) => readonly Problem[];

/** Everything in the indexes, checks, foreign keys and statements of a resource that no table can be made of. */
export function findTableProblems(definition: ResourceDefinition): Problem[] {
  return RULES.flatMap((rule) => rule(definition));
}

const requireIndexedAttributes: DefinitionRule = (definition) =>
  (definition.indexes ?? []).flatMap(({ name, on, include = [] }) => {
    const named = [...on.filter((key) => typeof key === "string"), ...include];
    return [
      ...findUnknown(definition, named).map((attribute) => ({
        code: "index.attribute.unknown",
        message: `The index "${name}" names "${attribute}", which "${definition.name}" does not have.`,
        hint: `Name one of ${listAttributes(definition)}, or write { sql: "…" } for an expression.`,
      })),
      ...findRepeated(named).map((attribute) => ({
        code: "index.attribute.duplicate",
        message: `The index "${name}" of "${definition.name}" names "${attribute}" twice.`,
        hint: `Name it once, in on or in include.`,
      })),
    ];
  });

const refuseEmptyIndexes: DefinitionRule = ({ name: resource, indexes = [] }) =>
  indexes
    .filter(({ on }) => on.length === 0 || on.some((key) => typeof key === "object" && isBlank(key.sql)))
    .map(({ name }) => ({
      code: "index.on.empty",
      message: `The index "${name}" of "${resource}" does not say what is indexed.`,
      hint: `Name attributes or expressions: ${name}: { on: ["…", { sql: "lower(…)" }] }.`,
    }));

const refuseBlankConditions: DefinitionRule = ({ name: resource, indexes = [], identities }) => [
  ...describeBlank(resource, "index", indexes),
  ...describeBlank(resource, "identity", identities),
];

function describeBlank(
  resource: string,
  kind: "index" | "identity",
  declared: readonly { readonly name: string; readonly where?: string }[],
): readonly Problem[] {
  return declared
    .filter(({ where }) => where !== undefined && isBlank(where))
    .map(({ name }) => ({
      code: `${kind}.where.empty`,
      message: `The ${kind} "${name}" of "${resource}" has an empty condition.`,
      hint: "Leave where out, or write a condition in SQL that names columns.",
    }));
}

const refuseEmptyChecks: DefinitionRule = ({ name: resource, checks = [] }) =>
  checks
    .filter(({ sql }) => isBlank(sql))
    .map(({ name }) => ({
      code: "check.sql.empty",
      message: `The check "${name}" of "${resource}" has no condition.`,
      hint: `Write what every row meets: ${name}: "total >= 0".`,
    }));

const requireStatementsBothWays: DefinitionRule = ({ name: resource, statements = [] }) =>
  statements.flatMap((statement) =>
    (["up", "down"] as const)
      .filter((way) => isBlank(statement[way]))
      .map((way) => ({
        code: `statement.${way}.missing`,
        message: `The statement "${statement.name}" of "${resource}" has no ${way}.`,
        hint:
          way === "up"
            ? "Write the SQL that makes it."
            : `Write the SQL that takes it back, such as "drop trigger …"; where nothing is to be taken back, "select 1".`,
      })),
  );

const requireFittingForeignKeys: DefinitionRule = (definition) =>
  (definition.foreignKeys ?? []).flatMap((foreignKey) => [
    ...findUnknown(definition, foreignKey.attributes).map((attribute) => ({
      code: "constraint.attribute.unknown",
      message: `The foreign key "${foreignKey.name}" names "${attribute}", which "${definition.name}" does not have.`,
      hint: `Name one of ${listAttributes(definition)}.`,
    })),
    ...findForeign(foreignKey).map((attribute) => ({
      code: "constraint.attribute.unknown",
      message: `The foreign key "${foreignKey.name}" of "${definition.name}" nilifies "${attribute}", which is none of its attributes.`,
      hint: `Name some of ${foreignKey.attributes.map((name) => `"${name}"`).join(", ")}: { onDelete: { nilify: [...] } }.`,
    })),
    ...describeUneven(definition, foreignKey),
    ...describeImpossible(definition, foreignKey),
  ]);

function findForeign({ attributes, nilified = [] }: ForeignKeyDefinition): readonly string[] {
  return nilified.filter((attribute) => !attributes.includes(attribute));
}

function describeUneven(
  definition: ResourceDefinition,
  { name, attributes, references }: ForeignKeyDefinition,
): readonly Problem[] {
  const here = attributes.length;
  const there = references.columns.length;
  if (here === there && here > 0) return [];
  return [
    {
      code: "constraint.columns.uneven",
      message: `The foreign key "${name}" of "${definition.name}" names ${String(here)} attributes here and ${String(there)} columns there.`,
      hint: `Name as many of each, in the same order: { attributes: ["…"], references: { table: "${references.table}", columns: ["…"] } }.`,
    },
  ];
}

function describeImpossible(
  definition: ResourceDefinition,
  { name, attributes, onDelete, nilified = attributes, onUpdate }: ForeignKeyDefinition,
): readonly Problem[] {
  if (onDelete !== "nilify" && onUpdate !== "nilify") return [];
  const required = (onUpdate === "nilify" ? attributes : nilified).filter(
    (attribute) => findAttribute(definition, attribute)?.required === true,
  );
  if (required.length === 0) return [];
  return [
    {
      code: "constraint.nilify.impossible",
      message: `The foreign key "${name}" of "${definition.name}" nilifies "${required.join('", "')}", which is required.`,
      hint: `Say "cascade" or "restrict", or take .required() from ${required.join(" and ")}.`,
    },
  ];
}

function findUnknown(definition: ResourceDefinition, names: readonly string[]): readonly string[] {
  return names.filter((name) => findAttribute(definition, name) === undefined);
}

/** Callers without types may leave it out. */
function isBlank(sql: string | undefined): boolean {
  return sql === undefined || sql.trim() === "";
}

const RULES: readonly DefinitionRule[] = [
  requireIndexedAttributes,
  refuseEmptyIndexes,
  refuseBlankConditions,
  refuseEmptyChecks,
  requireStatementsBothWays,
  requireFittingForeignKeys,
  findValueProblems,
  findGivenNameProblems,
];

export const TABLE_RULES: readonly ResourceRule[] = [({ definition }) => findTableProblems(definition)];
