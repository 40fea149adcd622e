import { realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Knex } from "knex";
import { failure } from "../../support/problem.js";
import { openKnex } from "../migrate/database.js";
import { findEnvironment, loadKnexfile, locateKnexfile, type KnexfileOptions } from "../migrate/knexfile.js";
import { createModuleLoader } from "../migrate/module-loader.js";

/** Where a database is, whether it exists or not. Paths are absolute. */
export type DatabasePlace =
  | {
      readonly kind: "postgres";
      readonly name: string;
      readonly host: string;
      readonly port: number;
      /** Connects to the server, with the name of any database put in. */
      readonly connection: Knex.PgConnectionConfig;
    }
  | { readonly kind: "pglite" | "sqlite"; readonly path: string }
  | { readonly kind: "memory" };

/** The database that a knexfile configures, before anybody has connected to it. */
export interface DatabaseTarget {
  /** The project's root, absolute and real. */
  readonly root: string;
  /** Which of the knexfile's configurations it is. */
  readonly environment: string;
  readonly config: Knex.Config;
  readonly place: DatabasePlace;
}

/**
 * The database that the project's knexfile names; nothing is connected.
 *
 * @throws AshlarError as `loadKnexfile` does; `knex.missing`, `database.driver.missing`, `develop.unsupported`
 * @example
 * await readTarget({ root: "/home/ada/shop", knexfile: "knexfile.ts" });
 * // { environment: "development", place: { kind: "sqlite", path: "/home/ada/shop/data.sqlite" }, … }
 */
export async function readTarget(options: KnexfileOptions): Promise<DatabaseTarget> {
  const root = realpathSync(options.root);
  const path = locateKnexfile({ ...options, root });
  const before = process.cwd();
  process.chdir(dirname(path));
  try {
    const config = await loadKnexfile({ ...options, root }, path, createModuleLoader(root));
    const environment = findEnvironment(options);
    return { root, environment, config, place: await locate(openKnex(root, config), config, dirname(path)) };
  } finally {
    process.chdir(before);
  }
}

/**
 * The database in words, as a person who is asked about it knows it.
 *
 * @example
 * describeTarget(target); // `the database "shop" at localhost:5432`
 */
export function describeTarget({ place }: Pick<DatabaseTarget, "place">): string {
  switch (place.kind) {
    case "postgres":
      return `the database "${place.name}" at ${place.host}:${place.port}`;
    case "memory":
      return "the database in memory";
    default:
      return `the database "${place.path}"`;
  }
}

/** The part of a Knex client that says what it connects to; Knex's types leave it open. */
interface ClientView {
  readonly dialect: string;
  readonly driver?: { readonly Client: new (settings: unknown) => ServerAddress };
  readonly connectionSettings?: ConnectionSettings;
}

interface ConnectionSettings {
  readonly filename?: string;
  readonly dataDir?: string;
}

/** What `pg` makes of settings, a connection string and the environment together. */
interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly ssl?: boolean | object;
}

async function locate(knex: Knex, { connection }: Knex.Config, folder: string): Promise<DatabasePlace> {
  const { dialect, driver, connectionSettings }: ClientView = knex.client;
  const settings = typeof connection === "function" ? await connection() : connectionSettings;
  // What any of the clients asks for may be there.
  const { filename, dataDir } = (settings ?? {}) as ConnectionSettings;
  await knex.destroy();
  if (dialect === "sqlite3") return locateFile("sqlite", filename, folder);
  if (dialect !== "postgresql") throw createUnsupportedError(dialect);
  // `PgliteClient` is PostgreSQL without the driver that speaks to a server.
  if (driver === undefined) return locateFile("pglite", dataDir, folder);
  // The settings of the client that speaks to a server.
  return locateServer(new driver.Client(settings), settings as Knex.PgConnectionConfig);
}

function locateFile(kind: "sqlite" | "pglite", given: string | undefined, folder: string): DatabasePlace {
  const path = (given ?? "").replace(/^file:(\/\/)?/, "");
  const isInMemory = path === "" || path.startsWith(":memory:") || path.startsWith("memory://");
  return isInMemory ? { kind: "memory" } : { kind, path: resolve(folder, path) };
}

function locateServer(address: ServerAddress, settings: Knex.PgConnectionConfig): DatabasePlace {
  const { host, port, database, user, password, ssl } = address;
  const { connectionString: _, ...others } = settings;
  const connection = { ...others, host, port, user, ...(password && { password }), ...(ssl && { ssl }) };
  // As `pg` read them from settings of this type.
  return { kind: "postgres", name: database, host, port, connection: connection as Knex.PgConnectionConfig };
}

function createUnsupportedError(dialect: string): Error {
  return failure({
    code: "develop.unsupported",
    message: `ashlar makes and drops databases of PostgreSQL, PGlite and SQLite, and the knexfile's client is for "${dialect}".`,
    hint: "Make or drop it with the database's own tools, then run: npx ashlar migrate",
  });
}
