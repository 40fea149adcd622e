import type { FoundResource } from "./found-resource.js";
import { dropExtension, findFolder, joinPath } from "./paths.js";
import type { ProjectIndex } from "./project-index.js";
import { findDomains } from "./source/domain-reader.js";
import { findImportBindings } from "./source/imports.js";
import type { Source } from "./source/parser.js";
import type { DomainSource } from "./source/resource-source.js";

/** A domain and where the names in its file come from: module path by imported name, relative imports only. */
interface FoundDomain {
  readonly source: DomainSource;
  readonly modules: ReadonlyMap<string, string>;
}

export interface DomainLookup {
  /** The domains of a name. */
  find(name: string): readonly DomainSource[];
  /** The name of the domain that lists a resource; undefined where none does. */
  findDomainOf(resource: FoundResource): string | undefined;
}

/** Looks domains up; their files are parsed when they are first asked for. */
export function createDomainLookup(index: ProjectIndex): DomainLookup {
  const read = new Map<string, readonly FoundDomain[]>();
  const readFile = (path: string) => {
    const found = read.get(path) ?? readDomains(index.sources.read(path));
    read.set(path, found);
    return found;
  };
  const findAll = () => [...new Set([...index.domains.values()].flat())].flatMap(readFile);
  return {
    find: (name) =>
      (index.domains.get(name) ?? [])
        .flatMap(readFile)
        .map(({ source }) => source)
        .filter((source) => source.title === name),
    findDomainOf: (resource) => findAll().find((found) => lists(found, resource, index))?.source.title,
  };
}

function readDomains(source: Source): readonly FoundDomain[] {
  const { path } = source;
  const relative = findImportBindings(source).filter(({ specifier }) => specifier.startsWith("."));
  const modules = new Map(
    relative.map(({ imported, specifier }) => [
      imported,
      dropExtension(joinPath(findFolder(path), specifier)),
    ]),
  );
  return findDomains(source).map((domain) => ({ source: domain, modules }));
}

function lists(
  { source, modules }: FoundDomain,
  { name, path }: FoundResource,
  index: ProjectIndex,
): boolean {
  if (!source.resources.items.includes(name)) return false;
  const module = modules.get(name);
  if (module === undefined || module === dropExtension(path)) return true;
  // A module that declares no such resource itself passes one on.
  return !(index.resources.get(name) ?? []).some((other) => dropExtension(other) === module);
}
