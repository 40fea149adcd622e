import { usageError } from "../support/problem.js";
import type { GeneratorContext } from "./context.js";
import type { Plan } from "./plan.js";
import { indexProject } from "./project-index.js";
import { Problems } from "./request/problems.js";
import { findDomainTarget } from "./resource/find-target.js";
import { createDomain, stageRepo } from "./resource/stage-domain.js";
import { Staging } from "./staging.js";

/**
 * What `gen domain` would do: the domain's file, and its place in the project's repo.
 *
 * @param name as typed, such as `Accounts`
 * @throws AshlarError where the name cannot be, or its file is something else
 * @example
 * const plan = await planDomain("Accounts", context);
 * plan.changes[0]; // { kind: "create", path: "src/accounts/accounts.ts", … }
 */
export async function planDomain(name: string, context: GeneratorContext): Promise<Plan> {
  const problems = new Problems();
  const index = indexProject(context.files, context.settings);
  const domain = findDomainTarget(name, context, index, problems);
  if (problems.any) throw usageError(...problems.list);
  const staging = new Staging(context.files);
  if (domain.existing) staging.patch(domain.path, []);
  else createDomain(staging, domain, [], context);
  const notices = domain.existing ? [] : stageRepo(staging, domain, index, context);
  const changes = await staging.toChanges(context.formatter, index.sources.problems);
  const next = domain.existing ? [] : [`npx ashlar gen resource ${domain.name} <Resource>`];
  return { title: domain.name, changes, notices, next };
}
