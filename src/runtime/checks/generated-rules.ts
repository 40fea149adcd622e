import type { Problem } from "../../support/problem.js";
import type { AttributeDefinition } from "../attribute-type.js";
import type { ResourceDefinition } from "../resource-definition.js";

/** What is wrong with one attribute. */
type AttributeRule = (path: string, attribute: AttributeDefinition) => readonly Problem[];

/** Attributes that the database is to fill and cannot. */
export function findValueProblems({ name, attributes }: ResourceDefinition): Problem[] {
  return attributes.flatMap((attribute) =>
    RULES.flatMap((rule) => rule(`${name}.${attribute.name}`, attribute)),
  );
}

const refuseTwoSources: AttributeRule = (path, { generatedAs, default: given, updatedAutomatically }) => {
  if (generatedAs === undefined || (given === undefined && !updatedAutomatically)) return [];
  return [
    {
      code: "attribute.generated.default",
      message: `"${path}" is worked out by the database, and has ${given ? "a default" : "updatedAutomatically()"} as well.`,
      hint: "Keep generatedAs(…) alone: nobody writes such a column.",
    },
  ];
};

const refuseGeneratedKeys: AttributeRule = (path, { generatedAs, primaryKey }) => {
  if (generatedAs === undefined || !primaryKey) return [];
  return [
    {
      code: "attribute.generated.primary_key",
      message: `"${path}" is part of the primary key and worked out by the database: a record's key must not change with its values.`,
      hint: "Take another primary key, and declare an identity over this attribute: identities may be worked out.",
    },
  ];
};

const refuseEmptySql: AttributeRule = (path, { generatedAs, default: given, type }) => {
  const texts = {
    generatedAs,
    defaultSql: given?.kind === "sql" ? given.sql : undefined,
    databaseType: type.databaseType,
    native: type.kind === "enum" ? type.native : undefined,
  };
  return Object.entries(texts)
    .filter(([, sql]) => sql?.trim() === "")
    .map(([method]) => ({
      code: "attribute.sql.empty",
      message: `"${path}" has an empty ${method}("").`,
      hint: `Write what the database is to take, or leave ${method} out.`,
    }));
};

const refuseTwoTypes: AttributeRule = (path, { type }) => {
  if (type.kind !== "enum" || type.native === undefined || type.databaseType === undefined) return [];
  return [
    {
      code: "attribute.type.twice",
      message: `"${path}" has both native("${type.native}") and databaseType("${type.databaseType}").`,
      hint: "Keep native(…) where the migrations are to make the type, databaseType(…) where it is there.",
    },
  ];
};

const RULES: readonly AttributeRule[] = [
  refuseTwoSources,
  refuseGeneratedKeys,
  refuseEmptySql,
  refuseTwoTypes,
];
