import { createServer } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SqliteClient } from "../../../src/databases/sqlite.js";
import { DatabaseUnavailableError } from "../../../src/runtime/errors/errors.js";
import { isRetryable, translateDatabaseError } from "../../../src/runtime/errors/translate-error.js";
import { databaseTimeout, openPglite } from "../../databases/engines.js";
import {
  startPostgres,
  type PostgresConnection,
  type PostgresServer,
} from "../../databases/postgres-server.js";
import { catchError } from "./library.js";

const opened: Knex[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((knex) => knex.destroy()));
});

function open(config: Knex.Config): Knex {
  // Knex writes to the console that a connection failed, too.
  const knex = knexModule.knex({ log: { warn() {}, error() {}, debug() {} }, ...config });
  opened.push(knex);
  return knex;
}

/** The message and hint that a failed statement comes to. */
async function findWords(work: PromiseLike<unknown>) {
  const cause = await catchError(work);
  const error = translateDatabaseError(cause);
  if (!(error instanceof DatabaseUnavailableError)) throw error;
  expect(error).toMatchObject({ code: "database.unavailable", cause });
  expect(isRetryable(error)).toBe(isRetryable(cause));
  return { message: error.problems[0]?.message, hint: error.problems[0]?.hint, again: isRetryable(error) };
}

describe("a PostgreSQL server", () => {
  let server: PostgresServer;
  let connection: PostgresConnection;
  let admin: Knex;
  beforeAll(async () => {
    server = await startPostgres();
    connection = await server.createDatabase();
    admin = knexModule.knex({ client: "pg", connection });
    await admin.schema.createTable("entries", (table) => table.integer("id"));
  }, databaseTimeout);
  afterAll(async () => {
    await admin.destroy();
    await server.stop();
  });

  const connect = (config: Knex.Config = {}, changed: Partial<PostgresConnection> = {}) =>
    open({ client: "pg", ...config, connection: { ...connection, ...changed } });

  async function terminate(knex: Knex): Promise<void> {
    const { rows } = await knex.raw<{ rows: { pid: number }[] }>("select pg_backend_pid() as pid");
    await admin.raw("select pg_terminate_backend(?)", [rows[0]?.pid ?? 0]);
  }

  const lost = {
    hint: "Try again: a new connection is opened. What was not committed is undone; of a commit that was on its way, look whether it was done.",
    again: false,
  };

  it("that ends a connection while a query runs: the connection was lost", async () => {
    const knex = connect({ pool: { min: 0, max: 1 } });
    const { rows } = await knex.raw<{ rows: { pid: number }[] }>("select pg_backend_pid() as pid");
    const words = findWords(knex.raw("select pg_sleep(60)"));
    const isSleeping = () => admin("pg_stat_activity").where({ pid: rows[0]?.pid, state: "active" }).first();
    while ((await isSleeping()) === undefined) await new Promise(setImmediate);
    await admin.raw("select pg_terminate_backend(?)", [rows[0]?.pid ?? 0]);
    expect(await words).toEqual({
      ...lost,
      message:
        "The connection to the database was lost: terminating connection due to administrator command.",
    });
  });

  it("that ends a connection in the middle of a transaction: it was lost, nothing half done, and the pool recovers", async () => {
    const knex = connect();
    const transaction = knex.transaction(async (trx) => {
      await trx("entries").insert({ id: 1 });
      await terminate(trx);
      await trx("entries").insert({ id: 2 });
    });
    expect(await findWords(transaction)).toMatchObject({
      ...lost,
      message: expect.stringMatching(/^The connection to the database was lost: [^"]+\.$/) as string,
    });
    await expect.poll(() => knex("entries").select().catch(String)).toEqual([]);
  });

  it("that is not where the connection says: it cannot be reached", async () => {
    const port = await findFreePort();
    expect(await findWords(connect({}, { port }).raw("select 1"))).toEqual({
      message: `The database cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}.`,
      hint: "See that its server runs, and that the connection's host and port are right.",
      again: false,
    });
    const nowhere = connect({}, { host: "nowhere.invalid" });
    expect((await findWords(nowhere.transaction(async () => {}))).message).toMatch(
      /^The database cannot be reached: getaddrinfo E[A-Z_]+ nowhere.invalid\.$/,
    );
  });

  it("that does not let the user in, or has no such database: it refused", async () => {
    const refused = {
      message: 'The database refused the connection: password authentication failed for user "postgres".',
      hint: "See that the connection's user, password, database and ssl are right.",
    };
    expect(await findWords(connect({}, { password: "wrong" }).raw("select 1"))).toMatchObject(refused);
    const none = findWords(connect({}, { database: "none" }).raw("select 1"));
    expect((await none).message).toBe('The database refused the connection: database "none" does not exist.');
  });

  it("whose connections are all taken within the pool: none came free in time", async () => {
    const knex = connect({ pool: { min: 0, max: 1 }, acquireConnectionTimeout: 50 });
    const words = await findWords(knex.transaction(async () => knex.raw("select 1")));
    expect(words.message).toMatch(/^No connection to the database came free in time: Knex: Timeout /);
    expect(words.hint).toMatch(/pool\.max\.$/);
  });

  it("that has too many connections: it takes no more", async () => {
    const knex = connect({ pool: { min: 0, max: 120 } });
    const results = await Promise.allSettled(
      Array.from({ length: 120 }, () => knex.raw("select pg_sleep(0.5)")),
    );
    const failed = results.find((result) => result.status === "rejected");
    expect((await findWords(Promise.reject(failed?.reason))).message).toBe(
      "The database takes no more connections: sorry, too many clients already.",
    );
  });

  it("that Knex was closed to: this process closed it", async () => {
    const knex = connect();
    await knex.destroy();
    expect((await findWords(knex.raw("select 1"))).hint).toBe("Await all work before knex.destroy().");
  });

  it("that stops: the connection was lost, then it cannot be reached", async () => {
    const other = await startPostgres();
    const knex = open({
      client: "pg",
      connection: await other.createDatabase(),
      pool: { min: 0, max: 1 },
    });
    await knex.raw("select 1");
    const running = findWords(knex.raw("select pg_sleep(60)"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await other.stop();
    expect((await running).message).toMatch(/^The connection to the database was lost: /);
    await expect
      .poll(() => findWords(knex.raw("select 1")).then(({ message }) => message))
      .toMatch(/^The database cannot be reached: /);
  });
});

describe("a SQLite file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ashlar-unavailable-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const openFile = (filename: string) => open({ client: SqliteClient, connection: { filename } });

  it("that another connection is writing to: it is busy, and may be tried again", async () => {
    const [one, other] = [openFile(join(folder, "busy.sqlite")), openFile(join(folder, "busy.sqlite"))];
    await one.schema.createTable("entries", (table) => table.integer("id"));
    await other.raw("pragma busy_timeout = 10");
    await one.transaction(async (trx) => {
      await trx("entries").insert({ id: 1 });
      const busy = {
        message: "Another connection is writing to the database: database is locked.",
        again: true,
      };
      expect(await findWords(other("entries").insert({ id: 2 }))).toMatchObject(busy);
      expect(await findWords(other.transaction(async () => {}))).toMatchObject(busy);
    });
  });

  it("in a folder that is not there, or that is no database: it cannot be opened", async () => {
    const nowhere = openFile(join(folder, "none", "data.sqlite"));
    expect((await findWords(nowhere.raw("select 1"))).message).toMatch(
      /^The database's file cannot be opened: /,
    );
    const text = join(folder, "text.sqlite");
    writeFileSync(text, "This is a letter to a friend, and no database.".repeat(100));
    expect(await findWords(openFile(text).raw("select 1"))).toMatchObject({
      message: `The database's file cannot be opened: file is not a database.`,
      hint: "See that connection.filename is right, and that its folder exists and may be written to.",
    });
  });
});

it("a PGlite database that was closed: this process closed it", async () => {
  const { knex, close } = await openPglite();
  const held = (await knex.client.acquireConnection()) as { database: { close(): Promise<void> } };
  await held.database.close();
  await knex.client.releaseConnection(held);
  expect((await findWords(knex.raw("select 1"))).message).toBe(
    "The database was closed by this process: PGlite is closed.",
  );
  await close().catch(() => {});
});

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
