import { usageError } from "../support/problem.js";
import type { GeneratorContext } from "./context.js";
import type { Notice, Plan } from "./plan.js";
import { findMigrationNameProblem } from "./names.js";
import { indexProject } from "./project-index.js";
import type { ProjectSources } from "./project-source.js";
import { Problems } from "./request/problems.js";
import { readRequest } from "./request/typed-request.js";
import { buildIntent } from "./resource/build-intent.js";
import { describePlan } from "./resource/describe-plan.js";
import { findDomainTarget, findResourceTarget } from "./resource/find-target.js";
import { stageDomain, stageRepo } from "./resource/stage-domain.js";
import { stageInverses } from "./resource/stage-relationships.js";
import { stageResource } from "./resource/stage-resource.js";
import { tellNearDomain } from "./resource/tell-near-domain.js";
import { createLookup } from "./resource-lookup.js";
import type { ResourceRequest } from "./resource-request.js";
import { Staging } from "./staging.js";

/**
 * What `gen resource` would do: the resource, its domain, the other ends, the migration and its snapshot.
 *
 * @returns the plan; where the resource is there as asked for, every change in it is `identical`
 * @throws AshlarError with every problem of the request, or of the files that it would patch
 * @example
 * const plan = await planResource(request, context);
 * plan.title; // "User ⟷ Task, through UserTask"
 */
export async function planResource(request: ResourceRequest, context: GeneratorContext): Promise<Plan> {
  const problems = new Problems();
  const index = indexProject(context.files, context.settings);
  const lookup = createLookup(context, index);
  const typed = readRequest(request, problems);
  const domain = findDomainTarget(request.domain ?? "", context, index, problems);
  const target = findResourceTarget(request, domain, { context, index, lookup }, problems);
  checkMigrationName(request, problems);
  throwIfAny(problems, index.sources);
  if (target.existing && request.ignoreIfExists) return planNothing(target.name, target.path);
  const { attributeCase } = context.settings;
  const intent = buildIntent({ request, typed, target, lookup, attributeCase }, problems);
  throwIfAny(problems, index.sources);

  const staging = new Staging(context.files);
  const staged = stageResource(
    { staging, intent, target, domain, typed, request, context, sources: index.sources },
    problems,
  );
  throwIfAny(problems, index.sources);
  stageDomain(staging, domain, target, context);
  stageInverses(staging, intent.inverses, context.settings);
  const repoNotices = domain.existing ? [] : stageRepo(staging, domain, index, context);
  const domainNotices = tellNearDomain(domain, index);
  const migrationNotices = request.migration ? staged.stageMigration() : [];
  const changes = await staging.toChanges(context.formatter, index.sources.problems);
  const notices = [...domainNotices, ...staged.notices, ...repoNotices, ...migrationNotices];
  return describePlan({ intent, changes, notices, settings: context.settings });
}

function checkMigrationName({ migrationName }: ResourceRequest, problems: Problems): void {
  const problem = migrationName === undefined ? undefined : findMigrationNameProblem(migrationName);
  if (problem) problems.add(problem);
}

/** A file that does not parse hides what the request may be about, so it comes first. */
function throwIfAny(problems: Problems, sources: ProjectSources): void {
  if (problems.any) sources.requireWhole();
  if (problems.any) throw usageError(...problems.list);
}

function planNothing(name: string, path: string): Plan {
  const notice: Notice = {
    code: "resource.exists",
    severity: "notice",
    message: `${name} exists already; nothing was added to it, as --ignore-if-exists asks.`,
  };
  return { title: name, changes: [{ kind: "skip", path }], notices: [notice], next: [] };
}
