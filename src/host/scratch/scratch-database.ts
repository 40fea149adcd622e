import type { Knex } from "knex";
import { resolveInstalled } from "../../databases/load-driver.js";
import { SqliteClient } from "../../databases/sqlite.js";
import type { DatabaseKind } from "../../generator/settings.js";
import { failure } from "../../support/problem.js";
import { openKnex } from "../migrate/database.js";
import { findEmbeddedPostgres, withEmbeddedPostgres } from "./embedded-postgres.js";
import { withPglite } from "./pglite.js";
import { runPrerequisites } from "./prerequisites.js";
import { withServerDatabase } from "./server-database.js";

export interface ScratchOptions {
  /** The project's root, absolute; its own copies of Knex and of drivers are used. */
  readonly root: string;
  readonly database: DatabaseKind;
  /** The URL of a PostgreSQL server on which databases may be made and dropped; by default `ASHLAR_SCRATCH_URL`. */
  readonly server?: string;
  /** SQL that comes first: extensions, domains, functions. */
  readonly prerequisites?: string;
  /** Is what they make left to the work, such as a migration? */
  readonly arePrerequisitesMade?: boolean;
}

/** Where the scratch database is. */
export type ScratchKind = "server" | "embedded" | "pglite" | "sqlite";

export type ScratchWork<Result> = (knex: Knex, kind: ScratchKind) => Promise<Result>;

/**
 * Runs work on an empty database that is gone afterwards, and is gone too where the process is killed: SQLite and PGlite
 * in memory, PostgreSQL on the given server, or by the `embedded-postgres` that the project has installed.
 *
 * @throws AshlarError `scratch.unavailable` where nothing is installed to make one; `scratch.unreachable`,
 * `scratch.prerequisites.failed`; `knex.missing`
 * @example
 * await withScratchDatabase({ root: "/home/ada/shop", database: "pglite" }, (knex) => knex.raw("select 1"));
 */
export async function withScratchDatabase<Result>(
  options: ScratchOptions,
  work: ScratchWork<Result>,
): Promise<Result> {
  const prepared: ScratchWork<Result> = async (knex, kind) => {
    if (options.arePrerequisitesMade !== true) await runPrerequisites(knex, options.prerequisites);
    return work(knex, kind);
  };
  if (options.database === "sqlite") return withSqlite(options.root, prepared);
  return withPostgres(options, prepared);
}

async function withSqlite<Result>(root: string, work: ScratchWork<Result>): Promise<Result> {
  const knex = openKnex(root, { client: SqliteClient, connection: { filename: ":memory:" } });
  try {
    return await work(knex, "sqlite");
  } finally {
    await knex.destroy();
  }
}

/** A project on PGlite is proved on PGlite, unless a server is named; PostgreSQL on the nearest thing to a server. */
async function withPostgres<Result>(options: ScratchOptions, work: ScratchWork<Result>): Promise<Result> {
  const { root, database, prerequisites = "" } = options;
  const server = options.server ?? process.env["ASHLAR_SCRATCH_URL"];
  if (server !== undefined && server !== "")
    return withServerDatabase({ root, url: server }, (knex) => work(knex, "server"));
  const embedded = database === "postgres" ? findEmbeddedPostgres(root) : undefined;
  if (embedded !== undefined)
    return withEmbeddedPostgres({ root, embedded }, (knex) => work(knex, "embedded"));
  if (resolveInstalled("@electric-sql/pglite") === undefined) throw createUnavailableError();
  return withPglite({ root, prerequisites }, (knex) => work(knex, "pglite"));
}

function createUnavailableError(): Error {
  return failure({
    code: "scratch.unavailable",
    message: "There is no database to try migrations on.",
    hint: "Install one that runs in the process: npm install --save-dev @electric-sql/pglite. Or name a server: ASHLAR_SCRATCH_URL=postgres://user@localhost/postgres",
  });
}
