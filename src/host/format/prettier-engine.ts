import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Options, Plugin } from "prettier";
import { importModule } from "../import-module.js";
import { getPrintWidth, type StyleOptions } from "./style-options.js";

/** Formats a TypeScript text; `file` is absolute. */
export type Format = (file: string, text: string) => Promise<string>;

/** The Prettier of a project, as installed. */
export interface InstalledPrettier {
  readonly folder: string;
  readonly version: string;
}

/** The nearest one upward from the root; not loaded. */
export function findInstalledPrettier(root: string): InstalledPrettier | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", "prettier");
    const manifest = join(candidate, "package.json");
    if (existsSync(manifest)) return { folder: candidate, version: readVersion(manifest) };
    if (dirname(folder) === folder) return undefined;
  }
}

/** The core and its parser of TypeScript alone, without what finds configurations and plugins: a third of the load. */
export async function createStandaloneFormat(
  options: StyleOptions,
  installed?: InstalledPrettier,
): Promise<Format> {
  const { format, plugins } = await loadStandalone(installed);
  return (file, text) => format(text, { ...options, plugins, parser: "typescript", filepath: file });
}

/** The project's Prettier as a whole: its configurations of any kind, its overrides, its plugins. */
export async function createProjectFormat(root: string, installed: InstalledPrettier): Promise<Format> {
  const prettier = await loadProjectPrettier(installed);
  return async (file, text) => {
    const { plugins = [], ...config } = await readProjectOptions(prettier, file);
    const resolved = plugins.map((plugin) => resolvePlugin(root, plugin));
    return prettier.format(text, { ...config, plugins: resolved, filepath: file });
  };
}

/** How wide the lines of a file may be, as the project's Prettier reads the configuration; `file` is absolute. */
export async function findProjectPrintWidth(installed: InstalledPrettier, file: string): Promise<number> {
  const { printWidth } = await readProjectOptions(await loadProjectPrettier(installed), file);
  return getPrintWidth(printWidth === undefined ? {} : { printWidth });
}

/** The standalone build with its own modules came with version 3. */
export function isStandaloneModern(version: string): boolean {
  return Number.parseInt(version, 10) >= 3;
}

interface Prettier {
  format(text: string, options: Options): Promise<string> | string;
  resolveConfig(file: string, options: { editorconfig: boolean }): Promise<Options | null>;
}

async function loadProjectPrettier({ folder, version }: InstalledPrettier): Promise<Prettier> {
  const entry = join(folder, isStandaloneModern(version) ? "index.mjs" : "index.js");
  // It is the main file of Prettier; version 2 is CommonJS, all of it under `default`.
  const module = (await importModule(pathToFileURL(entry).href)) as Prettier & {
    readonly default?: Prettier;
  };
  return module.default ?? module;
}

async function readProjectOptions(prettier: Prettier, file: string): Promise<Options> {
  return (await prettier.resolveConfig(file, { editorconfig: true })) ?? {};
}

interface Standalone {
  readonly format: (text: string, options: Options) => Promise<string>;
  readonly plugins: Plugin[];
}

/** What is bundled, unless the project has another version. */
async function loadStandalone(installed: InstalledPrettier | undefined): Promise<Standalone> {
  const core: { readonly format: Standalone["format"]; readonly version?: string } =
    await import("prettier/standalone");
  if (installed !== undefined && installed.version !== core.version)
    return loadInstalledStandalone(installed);
  const [typescript, estree] = await Promise.all([
    import("prettier/plugins/typescript"),
    import("prettier/plugins/estree"),
  ]);
  // Its own types leave out what a plugin has.
  return { format: core.format, plugins: [typescript, estree as Plugin] };
}

async function loadInstalledStandalone({ folder }: InstalledPrettier): Promise<Standalone> {
  const load = (path: string) => importModule(pathToFileURL(join(folder, path)).href);
  // The files of the same package in another version.
  const { format } = (await load("standalone.mjs")) as Pick<Standalone, "format">;
  const plugins = await Promise.all([load("plugins/typescript.mjs"), load("plugins/estree.mjs")]);
  // So are its plugins.
  return { format, plugins: plugins as Plugin[] };
}

/** Prettier resolves names from the working folder, which may be any. */
function resolvePlugin(root: string, plugin: string | URL | Plugin): string | URL | Plugin {
  if (typeof plugin !== "string") return plugin;
  try {
    return createRequire(join(root, "package.json")).resolve(plugin);
  } catch {
    return plugin;
  }
}

function readVersion(manifest: string): string {
  const { version }: { readonly version?: unknown } = JSON.parse(readFileSync(manifest, "utf8"));
  return typeof version === "string" ? version : "";
}
