import { toCamelCase, toKebabCase, toPascalCase, toSnakeCase } from "../../support/casing.js";
import type { GeneratorContext } from "../context.js";
import { createDomainLookup } from "../domain-lookup.js";
import type { FoundResource, ResourceLookup } from "../found-resource.js";
import { derivePluralNames } from "../inflection.js";
import { findClassNameProblem, findSpellingProblem, findSqlNameProblem } from "../names.js";
import { findFolder } from "../paths.js";
import type { ProjectIndex } from "../project-index.js";
import type { Problems } from "../request/problems.js";
import type { ResourceRequest } from "../resource-request.js";
import type { Settings } from "../settings.js";
import type { DomainSource } from "../source/resource-source.js";
import type { ResourceTarget } from "./build-spec.js";

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
  const [existing, other] = createDomainLookup(context, index).find(name);
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
  const existing = findExisting(name, domain, target.lookup, problems);
  const table = request.table ?? existing?.table ?? derivePluralNames(name, request.plural).table;
  const file = fileCases[target.context.settings.fileCase](name);
  const path = existing?.path ?? `${findFolder(domain.path)}/${file}.ts`;
  if (!nameProblem) {
    addIfAny(findSqlNameProblem("table", table, `Choose another with --table ${table}_records.`), problems);
  }
  checkTable(table, path, name, target.index, problems);
  if (!existing) checkFree(path, `the resource ${name}`, target.context, problems);
  if (path === domain.path && !existing) {
    problems.add({
      code: "resource.file.domain",
      message: `The resource ${name} would be written to "${path}", where its domain stands.`,
      hint: "Give the resource or the domain another name.",
    });
  }
  return { domain: domain.name, name, table, path, ...(existing && { existing }) };
}

function addIfAny(problem: Parameters<Problems["add"]>[0] | undefined, problems: Problems): void {
  if (problem) problems.add(problem);
}

function findExisting(
  name: string,
  domain: DomainTarget,
  lookup: ResourceLookup,
  problems: Problems,
): FoundResource | undefined {
  const found = lookup.find(name);
  const folder = findFolder(domain.path);
  const isHere = (resource: FoundResource) => {
    const listed = lookup.findDomain(resource);
    return listed === undefined ? findFolder(resource.path) === folder : listed === domain.name;
  };
  const here = found.filter(isHere);
  const elsewhere = found.find((resource) => !isHere(resource));
  if (here.length === 0 && elsewhere) {
    const other = lookup.findDomain(elsewhere);
    problems.add({
      code: "resource.elsewhere",
      message: `There is a resource ${name} already, in ${elsewhere.path}${other === undefined ? "" : ` of the domain ${other}`}.`,
      hint:
        other === undefined
          ? "Choose another name."
          : `To add to it, write ${other} ${name}; otherwise choose another name.`,
    });
  }
  return here[0];
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
