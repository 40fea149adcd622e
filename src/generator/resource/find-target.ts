import { toCamelCase, toKebabCase, toPascalCase, toSnakeCase } from "../../support/casing.js";
import type { GeneratorContext } from "../context.js";
import { createDomainLookup } from "../domain-lookup.js";
import type { FoundResource, ResourceLookup } from "../found-resource.js";
import { derivePluralNames } from "../inflection.js";
import { findClassNameProblem, findSpellingProblem, findSqlNameProblem } from "../names.js";
import type { Problem } from "../../support/problem.js";
import { findFolder } from "../paths.js";
import type { ProjectIndex } from "../project-index.js";
import type { Problems } from "../request/problems.js";
import type { ResourceRequest } from "../resource-request.js";
import type { Settings } from "../settings.js";
import type { DomainSource } from "../source/resource-source.js";
import type { ResourceTarget } from "./resource-draft.js";

/** Where a domain stands or will stand. */
export interface DomainTarget {
  readonly name: string;
  readonly path: string;
  /** The domain where it exists already. */
  readonly existing?: DomainSource;
}

const fileCases: Record<Settings["fileCase"], (name: string) => string> = {
  "kebab-case": toKebabCase,
  snake_case: toSnakeCase,
  camelCase: toCamelCase,
  PascalCase: toPascalCase,
};

/** A class or a domain as the project spells the names of files. */
export function spellFile(name: string, { fileCase }: Pick<Settings, "fileCase">): string {
  return fileCases[fileCase](name);
}

/** Finds a domain, or the place for a new one: `src/accounts/accounts.ts`. */
export function findDomainTarget(
  written: string,
  context: GeneratorContext,
  index: ProjectIndex,
  problems: Problems,
): DomainTarget {
  const name = toPascalCase(written);
  const nameProblem = findClassNameProblem("domain", written);
  if (nameProblem) problems.add(nameProblem);
  const [existing, other] = createDomainLookup(index).find(name);
  if (existing && other) {
    problems.add({
      code: "domain.ambiguous",
      message: `There are two domains named ${name}: ${existing.path} and ${other.path}.`,
      hint: "Rename one of them.",
    });
  }
  if (existing) return { name, path: existing.path, existing };
  const file = fileCases[context.settings.fileCase](name);
  const target = { name, path: `${context.settings.source}/${file}/${file}.ts` };
  checkFree(target.path, `the domain ${name}`, context, problems);
  return target;
}

interface TargetContext {
  readonly context: GeneratorContext;
  readonly index: ProjectIndex;
  readonly lookup: ResourceLookup;
}

/** Finds the resource that is meant, or the place for a new one beside its domain. */
export function findResourceTarget(
  request: ResourceRequest,
  domain: DomainTarget,
  target: TargetContext,
  problems: Problems,
): ResourceTarget {
  const nameProblem = findClassNameProblem("resource", request.name);
  if (nameProblem) problems.add(nameProblem);
  if (request.plural !== undefined) addIfAny(findSpellingProblem("plural", request.plural), problems);
  const name = toPascalCase(request.name);
  const found = findNamed(name, domain, target.lookup);
  const [existing] = found.here;
  const file = fileCases[target.context.settings.fileCase](name);
  const path = existing?.path ?? `${findFolder(domain.path)}/${file}.ts`;
  const table = request.table ?? derivePluralNames(name, request.plural).table;
  if (existing) {
    addIfAny(findTableDifference(existing, request), problems);
    return { domain: domain.name, name, table: existing.table, path, existing };
  }
  if (!nameProblem) {
    addIfAny(findSqlNameProblem("table", table, `Choose another with --table ${table}_records.`), problems);
  }
  if (found.elsewhere) problems.add(standsElsewhere(found.elsewhere, target.lookup));
  else checkTable(table, path, name, target.index, problems);
  if (path === domain.path) problems.add(standsAtDomain(name, path));
  else checkFree(path, `the resource ${name}`, target.context, problems);
  return { domain: domain.name, name, table, path };
}

function findTableDifference(existing: FoundResource, { table }: ResourceRequest): Problem | undefined {
  if (table === undefined || table === existing.table) return undefined;
  return {
    code: "table.differs",
    message: `${existing.name} has the table "${existing.table}" already; "${table}" would be another.`,
    hint: "Leave --table out to add to the resource.",
  };
}

function standsAtDomain(name: string, path: string): Problem {
  return {
    code: "resource.file.domain",
    message: `The resource ${name} would be written to "${path}", where its domain stands.`,
    hint: "Give the resource or the domain another name.",
  };
}

function addIfAny(problem: Parameters<Problems["add"]>[0] | undefined, problems: Problems): void {
  if (problem) problems.add(problem);
}

/** The resources of a name: those of the domain that is meant, and one of another. */
function findNamed(
  name: string,
  domain: DomainTarget,
  lookup: ResourceLookup,
): { readonly here: readonly FoundResource[]; readonly elsewhere?: FoundResource | undefined } {
  const folder = findFolder(domain.path);
  const isHere = (resource: FoundResource) => {
    const listed = lookup.findDomain(resource);
    return listed === undefined ? findFolder(resource.path) === folder : listed === domain.name;
  };
  const found = lookup.find(name);
  return { here: found.filter(isHere), elsewhere: found.find((resource) => !isHere(resource)) };
}

function standsElsewhere(resource: FoundResource, lookup: ResourceLookup): Problem {
  const { name, path } = resource;
  const domain = lookup.findDomain(resource);
  return {
    code: "resource.elsewhere",
    message: `There is a resource ${name} already, in ${path}${domain === undefined ? "" : ` of the domain ${domain}`}.`,
    hint:
      domain === undefined
        ? "Choose another name."
        : `To add to it, write ${domain} ${name}; otherwise choose another name.`,
  };
}

function checkTable(
  table: string,
  path: string,
  name: string,
  index: ProjectIndex,
  problems: Problems,
): void {
  const taken = index.tables.get(table)?.find((other) => other !== path);
  if (taken === undefined) return;
  problems.add({
    code: "table.taken",
    message: `The table "${table}" belongs to another resource already, in ${taken}.`,
    hint: `Name another with --table, such as --table ${toSnakeCase(name)}_rows.`,
  });
}

/** A file that differs in case only is the same file on many disks. */
function checkFree(path: string, what: string, { files }: GeneratorContext, problems: Problems): void {
  const taken =
    files.read(path) === undefined
      ? files.list(findFolder(path)).find((other) => other.toLowerCase() === path.toLowerCase())
      : path;
  if (taken === undefined) return;
  problems.add({
    code: "file.exists",
    message: `"${taken}" exists and is something else than ${what}.`,
    hint: "Move it away or choose another name.",
  });
}
