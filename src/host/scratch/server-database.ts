import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { failure, isAshlarError } from "../../support/problem.js";
import { openKnex } from "../migrate/database.js";

export interface ServerOptions {
  readonly root: string;
  /** Of any database on the server. */
  readonly url: string;
}

/** How long, in seconds, a scratch database without a connection is left alone: another process may just be making it. */
const gracePeriod = 600;

/**
 * Runs work on a database of its own on a PostgreSQL server, and drops it. Those that killed processes have left there
 * are dropped too.
 *
 * @throws AshlarError `scratch.unreachable`
 */
export async function withServerDatabase<Result>(
  { root, url }: ServerOptions,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const name = `ashlar_scratch_${Math.floor(Date.now() / 1000)}_${randomBytes(4).toString("hex")}`;
  const admin = openKnex(root, { client: "pg", connection: url, pool: { min: 0, max: 1 } });
  try {
    await makeDatabase(admin, name, url);
    return await useDatabase(openKnex(root, { client: "pg", connection: replaceDatabase(url, name) }), work);
  } finally {
    await admin.raw("drop database if exists ??", [name]).catch(() => undefined);
    await admin.destroy();
  }
}

async function useDatabase<Result>(knex: Knex, work: (knex: Knex) => Promise<Result>): Promise<Result> {
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

async function makeDatabase(admin: Knex, name: string, url: string): Promise<void> {
  try {
    await sweep(admin);
    await admin.raw("create database ?? template template0", [name]);
  } catch (error) {
    if (isAshlarError(error)) throw error;
    throw createUnreachableError(error, url);
  }
}

async function sweep(admin: Knex): Promise<void> {
  const { rows } = await admin.raw<{ rows: readonly { name: string }[] }>(
    "select datname as name from pg_database where datname like 'ashlar\\_scratch\\_%' and not exists (select 1 from pg_stat_activity a where a.datname = pg_database.datname)",
  );
  const now = Date.now() / 1000;
  for (const { name } of rows.filter((row) => Number(row.name.split("_")[2]) < now - gracePeriod)) {
    await admin.raw("drop database if exists ??", [name]);
  }
}

/** The same server, another database. */
function replaceDatabase(url: string, name: string): string {
  const place = new URL(url);
  place.pathname = `/${name}`;
  return place.href;
}

function createUnreachableError(error: unknown, url: string): Error {
  const shown = url.replace(/:\/\/[^@/]*@/, "://…@");
  const said =
    error instanceof Error ? error.message || ("code" in error ? String(error.code) : "") : String(error);
  return failure({
    code: "scratch.unreachable",
    message: `No scratch database could be made on "${shown}": ${(said.split(" - ").at(-1) ?? said).replace(/\.$/, "")}.`,
    hint: "Start the server and let its user create databases, or unset ASHLAR_SCRATCH_URL to use PGlite in memory.",
  });
}
