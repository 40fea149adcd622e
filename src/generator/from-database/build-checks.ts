import type { CheckSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { CheckDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import { checkName } from "../../support/constraint-names.js";
import { toSnakeCase } from "../../support/casing.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import { createOptionPool } from "./name-pool.js";
import { findUsableWords } from "./usable-words.js";

/** Declares the checks and the statements of a table. */
export function addChecks(
  definition: ResourceDefinition,
  { checks = [], statements = [] }: TableSnapshot,
  attributeCase: AttributeCase,
): ResourceDefinition {
  const pool = createOptionPool();
  const take = (name: string): string => pool.take([spellAttribute(name, attributeCase)]);
  const built = checks.map((check) => buildCheck(check, definition, take));
  return {
    ...definition,
    ...(built.length > 0 && { checks: built }),
    ...(statements.length > 0 && { statements }),
  };
}

function buildCheck(
  { name, sql }: CheckSnapshot,
  { table }: ResourceDefinition,
  takeName: (name: string) => string,
): CheckDefinition {
  const short = takeName(findUsableWords(shorten(name, table), "check").join("_"));
  const isOwn = checkName(table, toSnakeCase(short)) === name;
  return { name: short, sql, ...(!isOwn && { constraintName: name }) };
}

/** The name without the table's before it and the word `check` behind it. */
function shorten(name: string, table: string): string {
  const start = `${table}_`;
  const rest = name.startsWith(start) ? name.slice(start.length) : name;
  return rest.replace(/_(check|ck|chk)$/, "") || rest;
}
