import { hostname } from "node:os";
import type { Knex } from "knex";
import { failure } from "../../support/problem.js";
import type { Database } from "./database.js";
import { describeError } from "./knexfile.js";
import { findRecordsTable } from "./records.js";
import type { RunLock } from "./run-lock.js";
import { sendOn } from "./session-settings.js";

/** A name of PostgreSQL's has no more. */
const longestName = 63;

/** The key is the table of migrations, in the schema that it is in. */
const key =
  "hashtextextended('ashlar ' || coalesce(nullif(?::text, ''), current_schema()) || '.' || ?::text, 0)";

const takeStatement = `select pg_try_advisory_lock(${key}) as taken`;

const holderStatement = `
  select activity.application_name as name, activity.pid, activity.backend_start as began
  from pg_locks as locks join pg_stat_activity as activity on activity.pid = locks.pid
  where locks.locktype = 'advisory' and locks.granted and locks.objsubid = 1
    and locks.database = (select oid from pg_database where datname = current_database())
    and (locks.classid::bigint << 32 | locks.objid::bigint) = ${key}`;

/**
 * An advisory lock of a session of its own, which PostgreSQL gives back when the session ends, however that comes. The
 * session is beside the pool, since the migrations may need all that the pool has; where the project gave Knex a pool,
 * it is taken from that.
 */
export function createAdvisoryLock({ knex, config }: Database): RunLock {
  const { schemaName, tableName } = findRecordsTable(config);
  const names = [schemaName ?? "", tableName];
  let session: unknown;
  const send = (sql: string, values: readonly string[] = []): ReturnType<typeof sendOn> =>
    sendOn(knex, session, sql, values);
  return {
    async take() {
      session ??= await openSession(knex, config);
      const [row] = await send(takeStatement, names);
      if (row?.["taken"] === true) return undefined;
      const [holder] = await send(holderStatement, names);
      return describeHolder(holder);
    },
    async check() {
      await send("select 1").catch((error: unknown) => {
        throw createLostError(error);
      });
    },
    async release() {
      if (session !== undefined) await closeSession(knex, config, session);
      session = undefined;
    },
  };
}

/** The pool has connected before, so Knex knows where to. */
async function openSession(knex: Knex, config: Knex.Config): Promise<unknown> {
  const session: unknown =
    config.connectionPool === undefined
      ? await knex.client.acquireRawConnection()
      : await knex.client.acquireConnection();
  const name = `ashlar, process ${process.pid} on ${hostname()}`.slice(0, longestName);
  await sendOn(knex, session, "select set_config('application_name', ?, false)", [name]);
  // Not known to servers before 14.
  await sendOn(knex, session, "set idle_session_timeout = 0").catch(() => undefined);
  return session;
}

/** Ending the session would free the lock too, only a little later. */
async function closeSession(knex: Knex, config: Knex.Config, session: unknown): Promise<void> {
  await sendOn(knex, session, "select pg_advisory_unlock_all()").catch(() => undefined);
  if (config.connectionPool === undefined) await knex.client.destroyRawConnection(session);
  else await knex.client.releaseConnection(session);
}

/** The holder may have ended since it was met. */
function describeHolder(row: Readonly<Record<string, unknown>> | undefined): string {
  if (row === undefined) return "one that is ending";
  const { name, pid, began } = row;
  const since = began instanceof Date ? ` since ${began.toISOString()}` : "";
  const who = typeof name === "string" && name !== "" ? name : "a session";
  return `${who}${since} (PostgreSQL's process ${String(pid)})`;
}

function createLostError(error: unknown): Error {
  return failure({
    code: "migration.lock.lost",
    message: `The session that keeps other runs of migrations away has ended: ${describeError(error)}.`,
    hint: "What was reported is done, and nothing else was begun. Run the command again.",
  });
}
