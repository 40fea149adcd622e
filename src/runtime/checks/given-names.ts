import { MAXIMUM_NAME_BYTES } from "../../support/constraint-names.js";
import type { Problem } from "../../support/problem.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { findRepeated } from "./definition-rule.js";

/** Names of keys, indexes and constraints that their author gave, and that the database cannot keep as they are. */
export function findGivenNameProblems(definition: ResourceDefinition): Problem[] {
  const names = listGivenNames(definition);
  return [
    ...findRepeated(names).map((name) => ({
      code: "constraint.name.duplicate",
      message: `Two keys, indexes or constraints of "${definition.name}" are named "${name}".`,
      hint: "Give one of them another name, or leave it out: ashlar finds one of its own.",
    })),
    ...names
      .filter((name) => Buffer.byteLength(name) > MAXIMUM_NAME_BYTES)
      .map((name) => ({
        code: "constraint.name.long",
        message: `"${name}" of "${definition.name}" is longer than the ${String(MAXIMUM_NAME_BYTES)} bytes that PostgreSQL keeps.`,
        hint: "Shorten it, or leave it out: ashlar finds one that fits.",
      })),
  ];
}

function listGivenNames(definition: ResourceDefinition): readonly string[] {
  const { primaryKeyName, identities, indexes = [], checks = [], foreignKeys = [] } = definition;
  const given = [
    primaryKeyName,
    ...[...identities, ...indexes].map(({ indexName }) => indexName),
    ...[...checks, ...foreignKeys].map(({ constraintName }) => constraintName),
  ];
  return given.filter((name) => name !== undefined);
}
