import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Knex } from "knex";
import { failure, isAshlarError, type AshlarError } from "../../support/problem.js";
import { createUnreachableError } from "./unreachable.js";
import { loadKnexfile, locateKnexfile, type KnexfileOptions } from "./knexfile.js";
import { findMigrations, type MigrationFiles } from "./migration-files.js";
import { createModuleLoader, type LoadModule } from "./module-loader.js";
import { addSessionSettings } from "./session-settings.js";

export type DatabaseOptions = KnexfileOptions;

/** The project's database, connected through the project's own Knex. */
export interface Database {
  readonly root: string;
  readonly knex: Knex;
  readonly config: Knex.Config;
  readonly migrations: MigrationFiles;
  /** The statement behind an error that came from the database. */
  readonly findStatement: (error: unknown) => string | undefined;
}

/**
 * Runs work with the project's database and then always closes its connections. Meanwhile the working folder is the
 * knexfile's, as Knex has it, so that a relative path in a connection means the same.
 *
 * @throws AshlarError as `loadKnexfile` and `findMigrations` do; `knex.missing`, `database.driver.missing`,
 * `database.locked`, `database.unreachable`
 */
export async function withDatabase<Result>(
  options: DatabaseOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  return withConfig(options, async ({ root, folder, config, load }) => {
    const migrations = await findMigrations(config, folder, load);
    return connect({ root, config, migrations }, work);
  });
}

/**
 * The same without the migrations, which a project that begins with a database may not have.
 *
 * @throws AshlarError as `loadKnexfile` does; `knex.missing`, `database.driver.missing`, `database.locked`,
 * `database.unreachable`
 * @example
 * await withKnex({ root: "/home/ada/shop", knexfile: "knexfile.ts" }, (knex) => readSchema(knex));
 */
export async function withKnex<Result>(
  options: DatabaseOptions,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  return withConfig(options, async ({ root, config }) => {
    const knex = openKnex(root, config);
    try {
      await probe(knex);
      return await work(knex);
    } finally {
      await knex.destroy();
    }
  });
}

interface LoadedConfig {
  readonly root: string;
  /** The knexfile's, and the working folder meanwhile. */
  readonly folder: string;
  readonly config: Knex.Config;
  readonly load: LoadModule;
}

async function withConfig<Result>(
  options: DatabaseOptions,
  work: (loaded: LoadedConfig) => Promise<Result>,
): Promise<Result> {
  const root = realpathSync(options.root);
  const path = locateKnexfile({ ...options, root });
  const folder = dirname(path);
  const before = process.cwd();
  process.chdir(folder);
  try {
    const load = createModuleLoader(root);
    return await work({ root, folder, load, config: await loadKnexfile({ ...options, root }, path, load) });
  } finally {
    process.chdir(before);
  }
}

type Prepared = Pick<Database, "root" | "config" | "migrations">;

async function connect<Result>(
  prepared: Prepared,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const statements = new WeakMap<object, string>();
  const knex = openKnex(prepared.root, prepared.config);
  knex.on("query-error", (error: object, { sql }: { sql: string }) => statements.set(error, sql));
  const findStatement = (error: unknown): string | undefined =>
    typeof error === "object" && error !== null ? statements.get(error) : undefined;
  try {
    await probe(knex);
    return await work({ ...prepared, knex, findStatement });
  } finally {
    await knex.destroy();
  }
}

/**
 * A Knex of the project's own copy, with this configuration and not yet connected; it tells nothing to the console.
 *
 * @throws AshlarError `knex.missing`, `database.driver.missing`
 * @example
 * const knex = openKnex("/home/ada/shop", { client: "pg", connection: "postgres://localhost/shop" });
 */
export function openKnex(root: string, config: Knex.Config): Knex {
  return createKnex(loadProjectKnex(root), config);
}

type CreateKnex = (config: Knex.Config) => Knex;

/** The copy of Knex that the project's own modules import. */
function loadProjectKnex(root: string): CreateKnex {
  try {
    const { knex }: { readonly knex: CreateKnex } = createRequire(join(root, "package.json"))("knex");
    return knex;
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND")) throw cause;
    throw failure({
      code: "knex.missing",
      message: 'The project has not installed the package "knex".',
      hint: "Install it: npm install knex",
    });
  }
}

const quiet = (): void => undefined;

/** Knex tells failures to the console too, and puts statements and values into messages; both are told here once. */
function createKnex(create: CreateKnex, config: Knex.Config): Knex {
  try {
    const knex: Knex = create({
      acquireConnectionTimeout: 10_000,
      ...config,
      pool: addSessionSettings(config.pool, () => knex),
      asyncStackTraces: true,
      compileSqlOnError: false,
      log: { ...config.log, warn: quiet, error: quiet },
    });
    return knex;
  } catch (error) {
    throw isAshlarError(error) ? error : createDriverError(error);
  }
}

function createDriverError(error: unknown): AshlarError | unknown {
  const packageName = /npm install (\S+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (packageName === undefined) return error;
  return failure({
    code: "database.driver.missing",
    message: `The knexfile's client needs the package "${packageName}", which is not installed.`,
    hint: `Install it: npm install ${packageName}`,
  });
}

async function probe(knex: Knex): Promise<void> {
  try {
    const connection: unknown = await knex.client.acquireConnection();
    await knex.client.releaseConnection(connection);
  } catch (error) {
    throw isAshlarError(error) ? error : createUnreachableError(error, knex.client.connectionSettings);
  }
}
