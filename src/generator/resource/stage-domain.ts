import type { GeneratorContext } from "../context.js";
import { findImportSpecifier } from "../patch/import-specifier.js";
import type { Notice } from "../plan.js";
import type { ProjectIndex } from "../project-index.js";
import type { ResourceReference } from "../spec.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";
import { stagePatches } from "./file-patch.js";
import type { DomainTarget } from "./find-target.js";

type ListedResource = Pick<ResourceReference, "name" | "path" | "isDefault">;

/** Adds a resource to its domain, which is made where it is missing. */
export function stageDomain(
  staging: Staging,
  domain: DomainTarget,
  resource: ListedResource,
  context: GeneratorContext,
): void {
  const { existing, path } = domain;
  if (!existing) return createDomain(staging, domain, [resource], context);
  const patches = [{ kind: "domainResource", domain: existing.name, resource: resource.name }] as const;
  stagePatches(staging, { path, builders: [], needed: [resource], patches }, context.settings);
}

/** Stages the file of a new domain. */
export function createDomain(
  staging: Staging,
  { name, path }: DomainTarget,
  resources: readonly ListedResource[],
  context: GeneratorContext,
): void {
  const imports = resources.map((resource) => {
    const specifier = findImportSpecifier({
      text: "",
      from: path,
      to: resource.path,
      settings: context.settings,
    });
    return `import { ${resource.name} } from "${specifier}";`;
  });
  const locals = { name, imports, resources: resources.map((resource) => resource.name) };
  staging.create(path, renderTemplate(context, "domain/domain.ts.ejs", locals));
}

/** Adds a new domain to the project's repo; where there is not exactly one, says what to do by hand. */
export function stageRepo(
  staging: Staging,
  domain: DomainTarget,
  index: ProjectIndex,
  context: GeneratorContext,
): readonly Notice[] {
  const [path, ...more] = index.repos;
  if (path === undefined || more.length > 0) return [tellRepo(domain.name, index.repos)];
  const patches = [{ kind: "repoDomain", domain: domain.name }] as const;
  stagePatches(staging, { path, builders: [], needed: [domain], patches }, context.settings);
  return [];
}

function tellRepo(domain: string, repos: readonly string[]): Notice {
  const met = repos.length === 0 ? "no createRepo was found" : `there are several repos: ${repos.join(", ")}`;
  return {
    code: "repo.by_hand",
    severity: "notice",
    message: `The domain ${domain} is new, and ${met}.`,
    hint: `Add it where the repo is made: createRepo(knex, { domains: [${domain}] })`,
  };
}
