import { posix } from "node:path";
import type { ImportExtension, Settings } from "../settings.js";
import { findImportDeclarations, findSpecifier } from "../source/imports.js";
import { parseSource } from "../source/parser.js";
import type { PathAliases } from "./module-path.js";
import { findModuleKey, findTargets, isRelative, listAliases, matchPattern } from "./module-path.js";
import type { Reexport } from "./reexports.js";
import { findReexport } from "./reexports.js";

export interface SpecifierRequest {
  /** The text of the file that imports; empty for a new one. */
  readonly text: string;
  /** The file that imports, relative to the project's root. */
  readonly from: string;
  /** The file that is imported, relative to the project's root. */
  readonly to: string;
  readonly settings: Pick<Settings, "importExtension" | "paths">;
  /** What is to be imported, and how to read other files: then a module that passes it on counts as well. */
  readonly reexport?: Reexport;
}

/**
 * The specifier by which one file of the project imports another: the one that it already uses for it, else an alias
 * where it uses that alias, else a relative path, with the extension that the file's own imports have.
 *
 * @example
 * findImportSpecifier({ text, from: "src/accounts/user.ts", to: "src/works/task.ts", settings });
 * // "../works/task.js"
 */
export function findImportSpecifier({ text, from, to, settings, reexport }: SpecifierRequest): string {
  const source = parseSource(text, from);
  const used = findImportDeclarations(source).map(findSpecifier);
  const target = findModuleKey(to);
  const known =
    used.find((specifier) => findTargets(specifier, from, settings.paths).includes(target)) ??
    (reexport && findReexport(source, target, settings.paths, reexport));
  if (known !== undefined) return known;
  const project = used.filter((specifier) => findTargets(specifier, from, settings.paths).length > 0);
  const extension = findHabit(project) ?? settings.importExtension;
  return findAlias(project, from, to, settings.paths, extension) ?? buildRelative(from, to, extension);
}

function buildRelative(from: string, to: string, extension: ImportExtension): string {
  const path = posix.relative(posix.dirname(from), to);
  return endSpecifier(path.startsWith(".") ? path : `./${path}`, extension);
}

function endSpecifier(path: string, extension: ImportExtension): string {
  if (extension === ".ts") return path;
  const bare = path.replace(/\.[cm]?tsx?$/, "");
  if (extension === "") return bare.replace(/\/index$/, "");
  const kind = /\.([cm]?)tsx?$/.exec(path)?.[1] ?? "";
  return `${bare}.${kind}js`;
}

/** The extension that most imports of project files have in this file; undefined where there are none. */
function findHabit(specifiers: readonly string[]): ImportExtension | undefined {
  const met = specifiers.map(findExtension).filter((extension) => extension !== undefined);
  const count = (wanted: ImportExtension): number => met.filter((extension) => extension === wanted).length;
  const [most] = [...new Set(met)].sort((left, right) => count(right) - count(left));
  return most;
}

function findExtension(specifier: string): ImportExtension | undefined {
  if (/\.[cm]?jsx?$/.test(specifier)) return ".js";
  if (/\.[cm]?tsx?$/.test(specifier)) return ".ts";
  return /\.(json|css|svg|node|wasm)$/.test(specifier) || /^\.{1,2}$/.test(specifier) ? undefined : "";
}

/** The alias that the file itself uses for its neighbours, where it can name the target. */
function findAlias(
  used: readonly string[],
  from: string,
  to: string,
  aliases: PathAliases,
  extension: ImportExtension,
): string | undefined {
  if (prefersRelative(used, from, to)) return undefined;
  for (const { pattern, target } of listAliases(aliases)) {
    const isUsed = used.some((specifier) => matchPattern(pattern, specifier) !== undefined);
    const rest = matchPattern(target, to);
    if (isUsed && rest !== undefined) return endSpecifier(pattern.replace("*", rest), extension);
  }
  return undefined;
}

// Many projects write an alias across folders and `./` within one.
function prefersRelative(used: readonly string[], from: string, to: string): boolean {
  const within = posix.dirname(to) === posix.dirname(from);
  const start = within ? "./" : "../";
  const relative = used.filter((specifier) => specifier.startsWith(start)).length;
  const aliased = used.filter((specifier) => !isRelative(specifier)).length;
  return within ? relative > 0 : relative > aliased;
}
