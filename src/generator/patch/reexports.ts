import type { FileTree } from "../file-tree.js";
import { findImportBindings } from "../source/imports.js";
import type { Source } from "../source/parser.js";
import { parseSource, ts } from "../source/parser.js";
import type { PathAliases } from "./module-path.js";
import { findModuleKey, findTargets } from "./module-path.js";

/** What is to be imported, and how to read the files that may pass it on. */
export interface Reexport {
  /** The name that its own file exports; `default` for a default export. */
  readonly name: string;
  readonly files: Pick<FileTree, "read">;
}

/** What is looked for, on the way through modules that pass it on. */
interface Search {
  readonly target: string;
  readonly aliases: PathAliases;
  readonly files: Pick<FileTree, "read">;
  readonly visited: Set<string>;
}

const endings = [".ts", "/index.ts", ".tsx", "/index.tsx", ".mts"];

/**
 * The specifier of an import by which a file has a name already, from a module that passes it on: an `index.ts` that
 * says `export * from "./task.js"`. Undefined where there is none.
 */
export function findReexport(
  source: Source,
  target: string,
  aliases: PathAliases,
  { name, files }: Reexport,
): string | undefined {
  const search = { target, aliases, files, visited: new Set<string>() };
  return findImportBindings(source).find(
    ({ imported, specifier }) =>
      imported === name &&
      findTargets(specifier, source.path, aliases).some((module) => passesOn(module, name, search)),
  )?.specifier;
}

function passesOn(module: string, name: string, search: Search): boolean {
  if (module === search.target) return true;
  if (search.visited.has(`${module} ${name}`)) return false;
  search.visited.add(`${module} ${name}`);
  const source = readModule(module, search.files);
  if (source === undefined) return false;
  return findOrigins(source, name).some(({ specifier, original }) =>
    findTargets(specifier, source.path, search.aliases).some((next) => passesOn(next, original, search)),
  );
}

function readModule(module: string, files: Pick<FileTree, "read">): Source | undefined {
  for (const ending of endings) {
    const path = module + ending;
    const text = files.read(path);
    if (text !== undefined && findModuleKey(path) === module) return parseSource(text, path);
  }
  return undefined;
}

interface Origin {
  readonly specifier: string;
  readonly original: string;
}

/** The modules that a module may have an exported name from, and what it is called there. */
function findOrigins(source: Source, name: string): readonly Origin[] {
  return source.file.statements
    .filter((statement) => ts.isExportDeclaration(statement))
    .flatMap((statement) => {
      const specifier = statement.moduleSpecifier;
      const from = specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
      const clause = statement.exportClause;
      if (clause === undefined) return from === undefined ? [] : [{ specifier: from, original: name }];
      return ts.isNamedExports(clause) ? findNamedOrigins(source, clause, from, name) : [];
    });
}

function findNamedOrigins(
  source: Source,
  clause: ts.NamedExports,
  from: string | undefined,
  name: string,
): readonly Origin[] {
  const element = clause.elements.find((candidate) => candidate.name.text === name);
  if (element === undefined) return [];
  const inner = (element.propertyName ?? element.name).text;
  if (from !== undefined) return [{ specifier: from, original: inner }];
  return findImportBindings(source)
    .filter(({ local }) => local === inner)
    .map(({ specifier, imported }) => ({ specifier, original: imported }));
}
