import { extname, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import { importModule } from "../import-module.js";

/** Loads the project's own modules by their absolute path, TypeScript or not, each once. */
export type LoadModule = (path: string) => Promise<unknown>;

const typescriptExtensions = [".ts", ".mts", ".cts"];

/**
 * A loader for the project at `root`. TypeScript goes through jiti, which asks Node for every package, so that a
 * package is one whoever imports it; aliases of the tsconfig are followed.
 *
 * @example
 * const load = createModuleLoader("/home/ada/shop");
 * await load("/home/ada/shop/knexfile.ts"); // { default: { client: "pg", … } }
 */
export function createModuleLoader(root: string): LoadModule {
  let jiti: Promise<Jiti> | undefined;
  return async (path) => {
    if (!typescriptExtensions.includes(extname(path))) return importModule(pathToFileURL(path).href);
    jiti ??= createJiti(root);
    return (await jiti).import(path);
  };
}

/** Its `static` entry holds all it needs, so that it can be bundled. */
async function createJiti(root: string): Promise<Jiti> {
  const { createJiti: create } = await import("jiti/static");
  const jiti = create(`${pathToFileURL(root).href}/`, { tsconfigPaths: true });
  forgetOwnModules(jiti, root);
  return jiti;
}

/** The cache is the process's: what an earlier loader read may have changed on disk since. */
function forgetOwnModules({ cache }: Jiti, root: string): void {
  for (const path of Object.keys(cache)) {
    if (path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`)) delete cache[path];
  }
}

/** What a module gives by default, and the module itself where it gives nothing by default. */
export function readDefaultExport(module: unknown): unknown {
  if (typeof module !== "object" || module === null || !("default" in module)) return module;
  return module.default;
}
