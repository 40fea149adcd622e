import { failure, type Problem } from "../../support/problem.js";
import type { Domain } from "../domain.js";
import { ACTION_RULES } from "./action-rules.js";
import { ATTRIBUTE_RULES } from "./attribute-rules.js";
import { buildCheckedProject } from "./definition-rule.js";
import { DOMAIN_RULES } from "./domain-rules.js";
import { ENUM_RULES } from "./enum-rules.js";
import { IDENTITY_RULES } from "./identity-rules.js";
import { RELATIONSHIP_RULES } from "./relationship-rules.js";
import { TABLE_RULES } from "./table-rules.js";

const PROJECT_RULES = [...DOMAIN_RULES, ...ENUM_RULES];
const RESOURCE_RULES = [
  ...ATTRIBUTE_RULES,
  ...IDENTITY_RULES,
  ...TABLE_RULES,
  ...RELATIONSHIP_RULES,
  ...ACTION_RULES,
];

/**
 * Everything that is wrong in the definitions of some domains, resource by resource; empty where they can work.
 *
 * @example
 * findDefinitionProblems([Accounts, Works]).map(({ code }) => code); // ["resource.primary_key.missing"]
 */
export function findDefinitionProblems(domains: readonly Domain[]): Problem[] {
  const project = buildCheckedProject(domains);
  const within = project.resources.flatMap((resource) =>
    RESOURCE_RULES.flatMap((rule) => rule(resource, project)),
  );
  return [...PROJECT_RULES.flatMap((rule) => rule(project)), ...within];
}

/**
 * Makes sure that the definitions of some domains can work.
 *
 * @throws AshlarError with every problem, each with its fix
 * @example
 * checkDefinitions([Accounts, Works]);
 */
export function checkDefinitions(domains: readonly Domain[]): void {
  const problems = findDefinitionProblems(domains);
  if (problems.length > 0) throw failure(...problems);
}
