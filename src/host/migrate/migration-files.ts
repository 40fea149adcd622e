import { readdirSync } from "node:fs";
import { basename, extname, join, relative, resolve } from "node:path";
import type { Knex } from "knex";
import { failure, isAshlarError, type Problem } from "../../support/problem.js";
import { isSystemError } from "../system-error.js";
import { findWhereabouts } from "./error-location.js";
import { describeError } from "./knexfile.js";
import type { LoadModule } from "./module-loader.js";

/** A migration as Knex records it, by the name of its file, and where the file is. */
export interface MigrationFile {
  readonly name: string;
  /** Absolute; undefined where a source of the project's own gives the migration. */
  readonly path?: string;
}

/** What the file of a migration exports, as far as it does. */
export interface MigrationModule extends Partial<Knex.Migration> {
  readonly config?: {
    readonly transaction?: boolean;
    /** Can it be run again after it was broken off, though it runs outside a transaction? Knex does not ask. */
    readonly repeatable?: boolean;
  };
  /** Of a squash: the names of the migrations that it is there for. */
  readonly replaces?: readonly string[];
  /** Of a baseline: the keys of the tables that were there before (`buildTableKey`). */
  readonly baseline?: readonly string[];
}

export interface MigrationFiles {
  readonly files: readonly MigrationFile[];
  /** For Knex's Migrator. */
  readonly source: Knex.MigrationSource<unknown>;
  /** A migration as its source has it, for Knex's hooks. */
  readonly find: (name: string) => unknown;
  /** The module of a migration by its name. */
  readonly read: (name: string) => Promise<MigrationModule>;
}

/** What Knex takes for a migration, without the languages that need another compiler. */
const defaultExtensions = [".js", ".cjs", ".ts"];

/**
 * The migrations that a configuration names, in Knex's order, read from its folders, which are relative to `folder`.
 *
 * @throws AshlarError `migration.folder.missing`
 */
export async function findMigrations(
  { migrations = {} }: Knex.Config,
  folder: string,
  load: LoadModule,
): Promise<MigrationFiles> {
  const source = migrations.migrationSource ?? createSource(migrations, folder, load);
  const given = await source.getMigrations(migrations.loadExtensions ?? defaultExtensions);
  const byName = new Map(given.map((migration) => [source.getMigrationName(migration), migration]));
  const isOwn = source === migrations.migrationSource;
  return {
    source,
    // Without a source of the project's own they are what `listFiles` gave.
    files: isOwn ? [...byName.keys()].map((name) => ({ name })) : (given as MigrationFile[]),
    find: (name) => byName.get(name),
    read: (name) => source.getMigration(byName.get(name)),
  };
}

/**
 * Loads these migrations, so that one that cannot be loaded stops a run before it begins.
 *
 * @throws AshlarError with a problem for each: `migration.unloadable`, `migration.invalid`
 */
export async function checkMigrations(
  { files, read }: MigrationFiles,
  names: readonly string[],
  root: string,
): Promise<void> {
  const chosen = files.filter(({ name }) => names.includes(name));
  const problems = await Promise.all(chosen.map((file) => checkMigration(file, read, root)));
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw failure(...found);
}

async function checkMigration(
  { name, path = "" }: MigrationFile,
  read: MigrationFiles["read"],
  root: string,
): Promise<Problem | undefined> {
  try {
    const { up, down } = await read(name);
    return typeof up === "function" && typeof down === "function" ? undefined : createInvalidProblem(name);
  } catch (error) {
    if (isAshlarError(error)) throw error;
    return {
      code: "migration.unloadable",
      message: `The migration "${name}" cannot be loaded: ${describeError(error)}.`,
      hint: "Nothing was run. Correct it, then run the command again.",
      ...findWhereabouts(error, root, path),
    };
  }
}

function createInvalidProblem(name: string): Problem {
  return {
    code: "migration.invalid",
    message: `The migration "${name}" does not export both "up" and "down".`,
    hint: "Nothing was run. Knex asks for both; a step that cannot be undone may throw in its down.",
  };
}

function createSource(
  config: Knex.MigratorConfig,
  folder: string,
  load: LoadModule,
): Knex.MigrationSource<MigrationFile> {
  return {
    getMigrations: async () => listFiles(config, folder),
    getMigrationName: ({ name }) => name,
    // What a file exports is what it says; `checkMigrations` looks.
    getMigration: async ({ path = "" }) => (await load(path)) as Knex.Migration,
  };
}

function listFiles(config: Knex.MigratorConfig, folder: string): MigrationFile[] {
  const directories = [config.directory ?? "./migrations"].flat();
  const extensions = config.loadExtensions ?? defaultExtensions;
  const files = directories
    .flatMap((directory) => readFolder(resolve(folder, directory), folder))
    .filter(({ name }) => extensions.includes(extname(name)) && !name.endsWith(".d.ts"));
  return config.sortDirsSeparately === true ? files : files.sort(compareNames);
}

function readFolder(path: string, folder: string): { name: string; path: string }[] {
  try {
    return readdirSync(path)
      .sort()
      .map((name) => ({ name, path: join(path, name) }));
  } catch (error) {
    if (!isSystemError(error, "ENOENT", "ENOTDIR")) throw error;
    const shown = relative(folder, path) || basename(path);
    throw failure({
      code: "migration.folder.missing",
      message: `The folder of the migrations, "${shown}", does not exist.`,
      hint: `Make it: mkdir -p ${shown}. Or correct "migrations.directory" in the knexfile.`,
    });
  }
}

function compareNames(a: MigrationFile, b: MigrationFile): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
