import { realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** Where an import leads: to a file of the project, or to what Node finds by itself. */
export type ResolvedImport =
  { readonly kind: "source"; readonly path: string } | { readonly kind: "package"; readonly name: string };

export interface ResolveOptions {
  readonly root: string;
  /** Alias pattern to target patterns relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/**
 * Follows an import as TypeScript does: `./user.js` may stand for `user.ts`, `./users` for `users/index.ts`, and an
 * alias for whatever the tsconfig says. Undefined where a path leads to no file.
 *
 * @example
 * resolveImport("@/works/task.js", "/shop/src/user.ts", { root: "/shop", paths: { "@/*": ["src/*"] } });
 * // { kind: "source", path: "/shop/src/works/task.ts" }
 */
export function resolveImport(
  specifier: string,
  from: string,
  { root, paths }: ResolveOptions,
): ResolvedImport | undefined {
  if (specifier.startsWith("file:")) return findSource(fileURLToPath(specifier));
  if (/^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..") {
    return findSource(resolve(dirname(from), specifier));
  }
  for (const target of matchAliases(specifier, paths)) {
    const found = findSource(resolve(root, target), codeExtensions);
    if (found !== undefined) return found;
  }
  return findPackage(specifier, from);
}

/** What a path stands for, in the order in which TypeScript looks; without its extension it may have one of `endings`. */
function findSource(path: string, endings = extensions): ResolvedImport | undefined {
  const found = listPossibleFiles(path, endings).find(isFile);
  return found === undefined ? undefined : { kind: "source", path: realpathSync.native(found) };
}

/** Below a `baseUrl` the names of packages are looked for too, and TypeScript takes no JSON file for a package. */
const codeExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

const extensions = [...codeExtensions, ".json"];

/** A specifier names the file that the compiler would write. */
const writtenFrom: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

function listPossibleFiles(path: string, endings: readonly string[]): readonly string[] {
  const extension = extname(path);
  const bare = path.slice(0, path.length - extension.length);
  return [
    ...(writtenFrom[extension] ?? []).map((source) => bare + source),
    path,
    ...endings.map((each) => path + each),
    ...endings.map((each) => join(path, `index${each}`)),
  ];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function matchAliases(specifier: string, paths: ResolveOptions["paths"]): readonly string[] {
  const matches = Object.entries(paths).flatMap(([pattern, targets]) => {
    const [start = "", end] = pattern.split("*");
    if (end === undefined) return pattern === specifier ? [{ length: Infinity, targets }] : [];
    if (!specifier.startsWith(start) || !specifier.endsWith(end)) return [];
    if (specifier.length < start.length + end.length) return [];
    const rest = specifier.slice(start.length, specifier.length - end.length);
    return [{ length: start.length, targets: targets.map((target) => target.replace("*", () => rest)) }];
  });
  return matches.sort((a, b) => b.length - a.length).flatMap(({ targets }) => targets);
}

/** A package of the same workspace may be TypeScript, which Node would not read. */
function findPackage(specifier: string, from: string): ResolvedImport {
  if (!isBuiltin(specifier)) {
    const path = tryResolve(specifier, from);
    if (path !== undefined && isOwnTypeScript(path)) return { kind: "source", path };
  }
  return { kind: "package", name: specifier };
}

function tryResolve(specifier: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    return undefined;
  }
}

function isOwnTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !path.includes(`${sep}node_modules${sep}`);
}
