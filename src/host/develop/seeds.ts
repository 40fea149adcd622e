import { readdirSync } from "node:fs";
import { dirname, extname, relative, resolve, sep } from "node:path";
import type { Knex } from "knex";
import { failure, isAshlarError } from "../../support/problem.js";
import { isSystemError } from "../system-error.js";
import { withDatabase, type Database, type DatabaseOptions } from "../migrate/database.js";
import { findWhereabouts } from "../migrate/error-location.js";
import { describeError, locateKnexfile } from "../migrate/knexfile.js";
import { createModuleLoader, type LoadModule } from "../migrate/module-loader.js";

export interface SeedListeners {
  /** Called once a seed has run, with its file relative to the root, and how long it took. */
  readonly onDone?: (name: string, milliseconds: number) => void;
}

/** What Knex takes for a seed, without the languages that need another compiler. */
const seedExtensions = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];

/**
 * Runs the project's seeds where it has any, in the order of their names; gives the files that ran, relative to the
 * root. They are those that `knex seed:run` takes.
 *
 * @throws AshlarError as `withDatabase` does, and `seed.failed` with the place
 * @example
 * await runSeeds({ root: "/home/ada/shop", knexfile: "knexfile.ts" }); // ["seeds/01_users.ts"]
 */
export function runSeeds(options: DatabaseOptions & SeedListeners): Promise<readonly string[]> {
  return withDatabase(options, async (database) => {
    const folder = dirname(locateKnexfile({ ...options, root: database.root }));
    const load = createModuleLoader(database.root);
    const names: string[] = [];
    for (const path of listSeeds(database.config.seeds ?? {}, folder)) {
      const name = relative(database.root, path).split(sep).join("/");
      const start = performance.now();
      await runSeed({ path, name }, database, load);
      options.onDone?.(name, performance.now() - start);
      names.push(name);
    }
    return names;
  });
}

function listSeeds(seeds: Knex.SeederConfig, folder: string): readonly string[] {
  const directories = [seeds.directory ?? "./seeds"].flat();
  const extensions = seeds.loadExtensions ?? seedExtensions;
  const paths = directories.flatMap((directory) =>
    readFolder(resolve(folder, directory), seeds.recursive === true),
  );
  return paths.filter((path) => extensions.includes(extname(path)) && !path.endsWith(".d.ts"));
}

function readFolder(folder: string, recursive: boolean): readonly string[] {
  try {
    const names = readdirSync(folder, { encoding: "utf8", recursive });
    return names.sort().map((name) => resolve(folder, name));
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return [];
    throw error;
  }
}

interface SeedFile {
  readonly path: string;
  readonly name: string;
}

async function runSeed({ path, name }: SeedFile, { knex, root }: Database, load: LoadModule): Promise<void> {
  try {
    // What a file exports is what it says; that is looked at below.
    const { seed } = (await load(path)) as Partial<Knex.Seed>;
    if (typeof seed !== "function") throw new Error('it exports no function "seed"');
    await seed(knex);
  } catch (error) {
    const said = isAshlarError(error) ? error.message : describeError(error);
    throw failure({
      code: "seed.failed",
      message: `The seed "${name}" failed: ${said.replace(/\.$/, "")}.`,
      hint: "What it did before that stays. Correct it, then start over: npx ashlar reset",
      ...findWhereabouts(error, root, path),
    });
  }
}
