import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { TsConfigResult } from "get-tsconfig";
import type { ImportExtension } from "../../generator/settings.js";
import { failure } from "../../support/problem.js";

/** What a tsconfig, with what it extends, says of modules. */
export interface ModuleSettings {
  /** The tsconfig, relative to the root; undefined where there is none. */
  readonly path?: string;
  /** Ways that a relative import may end; the first where nothing else decides. */
  readonly extensions: readonly [ImportExtension, ...ImportExtension[]];
  /** Alias pattern to target patterns relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** Where imports may lead that are not relative, relative to the root; "" is the root itself. */
  readonly baseUrl?: string;
  /** Folder of the sources, relative to the root, where `rootDir` says one. */
  readonly rootDir?: string;
}

/**
 * @param isEsm whether the project's package.json says `"type": "module"`
 * @throws AshlarError `tsconfig.unreadable`, such as for an `extends` that is not there
 */
export async function readModuleSettings(root: string, isEsm: boolean): Promise<ModuleSettings> {
  const file = findTsconfig(root);
  if (file === undefined) return { extensions: isEsm ? [".js", ""] : ["", ".js"], paths: {} };
  const { createPathsMatcher, parseTsconfig } = await import("get-tsconfig");
  const found = readReferenced(file, (path) => parse(root, path, parseTsconfig));
  const options = found.config.compilerOptions ?? {};
  const match = createPathsMatcher(found);
  const toPath = (target: string) => toRootPath(root, target);
  const paths = Object.keys(options.paths ?? {}).map(
    (alias) => [alias, match?.(alias).map(toPath) ?? []] as const,
  );
  const rootDir =
    options.rootDir === undefined ? undefined : toPath(resolve(dirname(found.path), options.rootDir));
  return {
    path: toPath(found.path),
    extensions: listExtensions(options, isEsm),
    paths: Object.fromEntries(paths),
    ...(options.baseUrl !== undefined && { baseUrl: toPath(resolve(dirname(found.path), options.baseUrl)) }),
    ...(rootDir === undefined || rootDir === "" || rootDir.startsWith("..") ? {} : { rootDir }),
  };
}

type Options = NonNullable<TsConfigResult["config"]["compilerOptions"]>;

function listExtensions(options: Options, isEsm: boolean): ModuleSettings["extensions"] {
  const allowsTs =
    options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true;
  const more: readonly ImportExtension[] = allowsTs ? [".ts"] : [];
  if (options.rewriteRelativeImportExtensions === true)
    return [".ts", ".js", ...(isEsm ? [] : ([""] as const))];
  const resolution = `${options.moduleResolution ?? ""} ${options.module ?? ""}`;
  if (!/node(next|16|18|20)\b/i.test(resolution) || /bundler/i.test(resolution)) return ["", ".js", ...more];
  return isEsm ? [".js", ...more] : [".js", "", ...more];
}

/** A tsconfig that only refers to others has nothing to say itself: the first of them that has sources does. */
function readReferenced(file: string, read: (file: string) => TsConfigResult): TsConfigResult {
  const found = read(file);
  const { files, include, references } = found.config;
  if (files?.length !== 0 || include !== undefined) return found;
  const paths = (references ?? []).map(({ path }) => resolve(dirname(file), path));
  const existing = paths
    .map((path) => (path.endsWith(".json") ? path : join(path, "tsconfig.json")))
    .filter(existsSync);
  const app = existing.find((path) => /tsconfig\.(app|src|lib|server)\.json$/.test(path)) ?? existing[0];
  return app === undefined ? found : read(app);
}

function parse(
  root: string,
  path: string,
  parseTsconfig: (path: string) => TsConfigResult["config"],
): TsConfigResult {
  try {
    return { path, config: parseTsconfig(path) };
  } catch (error) {
    throw failure({
      code: "tsconfig.unreadable",
      message: `Cannot read "${toRootPath(root, path)}": ${error instanceof Error ? error.message : String(error)}`,
      hint: "Where it extends a package, install it: npm install. Else mend the file.",
    });
  }
}

/** The nearest one upward, as the compiler finds it. */
function findTsconfig(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const file = join(folder, "tsconfig.json");
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

function toRootPath(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
