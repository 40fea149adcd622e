import type { FileTree } from "../generator/file-tree.js";
import type { Settings } from "../generator/settings.js";
import { keysOf } from "../support/keys-of.js";
import { failure } from "../support/problem.js";
import { configName, parseConfig } from "./settings/config-file.js";
import type { ConfigFile } from "./settings/config-rules.js";
import {
  byDefault,
  detectDatabase,
  detectMigrations,
  detectSource,
  type Clues,
  type Found,
} from "./settings/detectors.js";
import { findKnexfile, type Knexfile } from "./settings/knexfile-reader.js";
import { readManifest } from "./settings/manifest.js";
import { surveySources } from "./settings/source-survey.js";
import { readModuleSettings } from "./settings/tsconfig-reader.js";

/** A setting and its origin: `{ setting: "migrations", value: "db/migrations", from: "knexfile.ts" }`. */
export interface Finding {
  readonly setting: keyof Settings;
  readonly value: string;
  /** A file, or in words: `the folder src`, `the files in src`, `default`. */
  readonly from: string;
}

export interface FoundSettings {
  readonly settings: Settings;
  readonly findings: readonly Finding[];
}

/**
 * The settings of the project at `root`: those of ashlar.config.json, and what the project's files say where it is silent.
 *
 * @throws AshlarError `config.*` for ashlar.config.json, `knexfile.missing`, `database.unsupported`, `tsconfig.unreadable`,
 * `package.syntax`, and as `files` does
 * @example
 * const { settings, findings } = await openSettings(root, createDiskTree(root));
 */
export async function openSettings(root: string, files: FileTree): Promise<FoundSettings> {
  const text = files.read(configName);
  const given = text === undefined ? {} : parseConfig(text);
  const manifest = readManifest(files);
  const modules = await readModuleSettings(root, manifest.isEsm);
  const clues: Clues = { root, manifest, modules, knexfile: openKnexfile(files, given) };
  const source = choose(given.source, () => detectSource(clues));
  const found = {
    source,
    migrations: choose(given.migrations, () => detectMigrations(clues)),
    database: choose(given.database, () => detectDatabase(clues)),
    ...detectHabits(files, source.value, given, modules),
  };
  return { settings: toSettings(found, clues), findings: listFindings(found, clues, given) };
}

type FoundValues = {
  readonly [Key in keyof Omit<Settings, "knexfile" | "paths" | "baseUrl">]: Found<Settings[Key]>;
};

function detectHabits(
  files: FileTree,
  source: string,
  given: ConfigFile,
  modules: Clues["modules"],
): Pick<FoundValues, "attributeCase" | "fileCase" | "importExtension"> {
  const survey = surveySources(files, source);
  const [extension, ...others] = modules.extensions;
  const see = <Value>(value: Value | undefined, otherwise: Found<Value>): Found<Value> =>
    value === undefined ? otherwise : { value, from: `the files in ${source}` };
  return {
    attributeCase: choose(given.attributeCase, () => see(survey.findAttributeCase(), byDefault("camelCase"))),
    fileCase: choose(given.fileCase, () => see(survey.findFileCase(), byDefault("kebab-case"))),
    importExtension: choose(given.importExtension, () => {
      const byModules = { value: extension, from: modules.path ?? "package.json" };
      return others.length === 0
        ? byModules
        : see(survey.findImportExtension([extension, ...others]), byModules);
    }),
  };
}

function toSettings(found: FoundValues, { knexfile, modules }: Clues): Settings {
  return {
    source: found.source.value,
    migrations: found.migrations.value,
    ...(knexfile === undefined ? {} : { knexfile: knexfile.path }),
    attributeCase: found.attributeCase.value,
    fileCase: found.fileCase.value,
    importExtension: found.importExtension.value,
    paths: modules.paths,
    ...(modules.baseUrl !== undefined && { baseUrl: modules.baseUrl }),
    database: found.database.value,
  };
}

function listFindings(found: FoundValues, { knexfile, modules }: Clues, given: ConfigFile): Finding[] {
  const knexfileFrom = given.knexfile === undefined ? "its name" : configName;
  const paths = Object.entries(modules.paths).map(([alias, targets]) => `${alias} -> ${targets.join(", ")}`);
  const values: Readonly<Record<keyof Settings, Found<string> | undefined>> = {
    source: found.source,
    migrations: found.migrations,
    knexfile: knexfile === undefined ? undefined : { value: knexfile.path, from: knexfileFrom },
    database: found.database,
    attributeCase: found.attributeCase,
    fileCase: found.fileCase,
    importExtension: found.importExtension,
    baseUrl:
      modules.baseUrl === undefined
        ? undefined
        : { value: modules.baseUrl === "" ? "." : modules.baseUrl, from: modules.path ?? "" },
    paths: paths.length === 0 ? undefined : { value: paths.join("; "), from: modules.path ?? "" },
  };
  return keysOf(values).flatMap((setting) => {
    const value = values[setting];
    return value === undefined ? [] : [{ setting, ...value }];
  });
}

/** @throws AshlarError `knexfile.missing` where ashlar.config.json names one that is not there */
function openKnexfile(files: FileTree, given: ConfigFile): Knexfile | undefined {
  const knexfile = findKnexfile(files, given.knexfile);
  if (knexfile !== undefined || given.knexfile === undefined) return knexfile;
  throw failure({
    code: "knexfile.missing",
    message: `${configName}: at "knexfile": there is no file "${given.knexfile}".`,
    hint: "Correct the path, or leave the setting out to have the knexfile found.",
  });
}

function choose<Value>(given: Value | undefined, detect: () => Found<Value>): Found<Value> {
  return given === undefined ? detect() : { value: given, from: configName };
}
