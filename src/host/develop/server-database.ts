import type { Knex } from "knex";
import { failure, isAshlarError, type AshlarError } from "../../support/problem.js";
import { openKnex } from "../migrate/database.js";
import { describeError } from "../migrate/knexfile.js";
import { createUnreachableError } from "../migrate/unreachable.js";
import type { DatabasePlace, DatabaseTarget } from "./database-target.js";

/** A database on a PostgreSQL server, and the project whose Knex reaches it. */
export interface ServerDatabase {
  readonly root: string;
  readonly config: Knex.Config;
  readonly place: Extract<DatabasePlace, { readonly kind: "postgres" }>;
}

/** Those that every server has, to connect to while the one in question is made or dropped. */
const maintenanceDatabases = ["postgres", "template1"];

/** Is the database on its server? */
export function hasServerDatabase(database: ServerDatabase): Promise<boolean> {
  return withServer(database, (knex) => isThere(knex, database.place.name));
}

/**
 * Makes the database where it is not there; false where it is.
 *
 * @throws AshlarError `database.unreachable`, `develop.create.failed`
 */
export function createServerDatabase(database: ServerDatabase): Promise<boolean> {
  const { name } = database.place;
  return withServer(database, async (knex) => {
    if (await isThere(knex, name)) return false;
    try {
      await knex.raw("create database ??", [name]);
      return true;
    } catch (error) {
      if (await isThere(knex, name)) return false;
      throw createServerError("create", name, error);
    }
  });
}

/**
 * Drops the database; false where there is none.
 *
 * @param options.force ends the connections that this user has to it
 * @throws AshlarError `database.unreachable`, `develop.drop.connected`, `develop.drop.failed`, `develop.drop.forbidden`
 */
export function dropServerDatabase(
  database: ServerDatabase,
  { force }: { readonly force: boolean },
): Promise<boolean> {
  const { name } = database.place;
  if (isOfServer(name)) throw createForbiddenError(name);
  return withServer(database, async (knex) => {
    if (!(await isThere(knex, name))) return false;
    if (force) await endConnections(knex, name);
    await drop(knex, name);
    return true;
  });
}

function isOfServer(name: string): boolean {
  return [...maintenanceDatabases, "template0"].includes(name);
}

async function drop(knex: Knex, name: string): Promise<void> {
  try {
    await knex.raw("drop database if exists ??", [name]);
  } catch (error) {
    throw hasCode(error, "55006")
      ? createConnectedError(name, await describeConnections(knex, name))
      : createServerError("drop", name, error);
  }
}

async function isThere(knex: Knex, name: string): Promise<boolean> {
  return (await knex("pg_database").where({ datname: name }).first("datname")) !== undefined;
}

/** Only those of the same user: what belongs to others is not ours to end. */
async function endConnections(knex: Knex, name: string): Promise<void> {
  await knex("pg_stat_activity")
    .where({ datname: name })
    .whereRaw("usename = current_user and pid <> pg_backend_pid()")
    .select(knex.raw("pg_terminate_backend(pid, 5000)"));
}

async function describeConnections(knex: Knex, name: string): Promise<string> {
  const rows: { application_name: string; usename: string }[] = await knex("pg_stat_activity")
    .where({ datname: name })
    .select("application_name", "usename");
  const shown = rows.map(({ application_name, usename }) => application_name || `the user "${usename}"`);
  return shown.length === 0 ? "someone" : [...new Set(shown)].join(", ");
}

async function withServer<Result>(
  { root, config, place }: ServerDatabase,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const others = maintenanceDatabases.filter((name) => name !== place.name);
  const { knex, failed } = await connectToFirst(others, (database) =>
    openKnex(root, {
      ...(config.client !== undefined && { client: config.client }),
      connection: { ...place.connection, database },
    }),
  );
  if (knex === undefined) throw createUnreachableError(failed, place.connection);
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

interface Connected {
  readonly knex?: Knex;
  /** Why none of the databases lets us in. */
  readonly failed?: unknown;
}

async function connectToFirst(names: readonly string[], open: (name: string) => Knex): Promise<Connected> {
  let failed: unknown;
  for (const name of names) {
    const knex = open(name);
    try {
      await knex.raw("select 1");
      return { knex };
    } catch (error) {
      failed ??= error;
      await knex.destroy();
      if (isAshlarError(error)) throw error;
    }
  }
  return { failed };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function createForbiddenError(name: string): AshlarError {
  return failure({
    code: "develop.drop.forbidden",
    message: `"${name}" is the server's own database, which other databases are made from or through.`,
    hint: 'Give the project a database of its own under "connection" in the knexfile.',
  });
}

function createConnectedError(name: string, who: string): AshlarError {
  return failure({
    code: "develop.drop.connected",
    message: `The database "${name}" cannot be dropped while others are connected to it: ${who}.`,
    hint: "Stop them, then run the command again. To end the connections of your own user: --force",
  });
}

function createServerError(verb: "create" | "drop", name: string, error: unknown): AshlarError {
  const hint = hasCode(error, "42501")
    ? "The user of the knexfile may not: have someone who may do it, or grant it: alter role <user> createdb"
    : 'Correct what it says, or "connection" in the knexfile.';
  return failure({
    code: `develop.${verb}.failed`,
    message: `PostgreSQL did not ${verb} the database "${name}": ${dropStatement(describeError(error))}.`,
    hint,
  });
}

/** Knex puts the statement before what the database said. */
function dropStatement(said: string): string {
  return said.slice(said.lastIndexOf(" - ") + 1).replace(/^- /, "");
}

/** The target as a database on a server, where it is one. */
export function toServerDatabase({ root, config, place }: DatabaseTarget): ServerDatabase | undefined {
  return place.kind === "postgres" ? { root, config, place } : undefined;
}
