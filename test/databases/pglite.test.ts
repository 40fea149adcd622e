import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import knexModule, { type Knex } from "knex";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PgliteClient } from "../../src/databases/pglite.js";
import { databaseTimeout } from "./engines.js";

let root: string;
const connections = new Set<Knex>();
const cacheHome = process.env["XDG_CACHE_HOME"];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "ashlar-pglite-"));
});
afterEach(async () => {
  delete process.env["ASHLAR_CACHE_DIR"];
  if (cacheHome === undefined) delete process.env["XDG_CACHE_HOME"];
  else process.env["XDG_CACHE_HOME"] = cacheHome;
  await Promise.all([...connections].map((knex) => knex.destroy()));
  connections.clear();
  rmSync(root, { recursive: true, force: true });
});

function open(connection: Knex.PgConnectionConfig = {}, config: Knex.Config = {}): Knex {
  const knex = knexModule.knex({ client: PgliteClient, connection, log: { warn() {} }, ...config });
  connections.add(knex);
  return knex;
}

describe("PgliteClient", { timeout: databaseTimeout }, () => {
  it("keeps what a folder holds and forgets what was in memory", async () => {
    for (const dataDir of [join(root, "deep", "data"), "memory://"]) {
      const first = open({ dataDir });
      await first.schema.createTable("users", (table) => table.increments());
      await first.destroy();
      expect(await open({ dataDir }).schema.hasTable("users")).toBe(dataDir !== "memory://");
    }
  });

  it("keeps one connection whatever the pool's settings ask for", async () => {
    const knex = open({}, { pool: { min: 0, max: 10, idleTimeoutMillis: 10, reapIntervalMillis: 5 } });
    await knex.schema.createTable("users", (table) => table.increments());
    await Promise.all(Array.from({ length: 20 }, () => knex("users").insert({})));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await knex("users").count()).toEqual([{ count: "20" }]);
  });

  it("streams rows, and a failure", async () => {
    const knex = open();
    const rows: unknown[] = [];
    for await (const row of knex.select(knex.raw("generate_series(1, 3) as n")).stream()) rows.push(row);
    expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    const failing = knex("missing").stream();
    await expect(failing.toArray()).rejects.toThrow('relation "missing" does not exist');
    expect(await knex("pg_am").limit(1)).toHaveLength(1);
  });

  it("leaves the exit code that was set when it closes", async () => {
    const knex = open();
    await knex.raw("select 1");
    process.exitCode = 3;
    await knex.destroy();
    const { exitCode } = process;
    process.exitCode = undefined;
    expect(exitCode).toBe(3);
  });

  it("does not take a folder of other files for a database", async () => {
    writeFileSync(join(root, "notes.txt"), "mine");
    await expect(open({ dataDir: root }).raw("select 1")).rejects.toMatchObject({
      code: "database.folder.foreign",
      message: expect.stringContaining('"notes.txt"') as string,
    });
    expect(readdirSync(root)).toEqual(["notes.txt"]);
  });
});

describe("the template of a first start", { timeout: 2 * databaseTimeout }, () => {
  async function startFirst(): Promise<void> {
    const knex = open({ dataDir: join(root, "data") });
    await knex.raw("select 1");
    await knex.destroy();
    rmSync(join(root, "data"), { recursive: true });
  }

  it("is kept for the next one, and made again where it is broken", async () => {
    const cache = join(root, "cache");
    process.env["XDG_CACHE_HOME"] = cache;
    await startFirst();
    const [name = ""] = readdirSync(join(cache, "ashlar"));
    expect(readdirSync(join(cache, "ashlar"))).toHaveLength(1);
    const template = join(cache, "ashlar", name);
    const whole = readFileSync(template);
    const foreign = gzipSync(execFileSync("tar", ["-cf", "-", "-C", import.meta.dirname, "pglite.test.ts"]));
    for (const broken of [whole.subarray(0, whole.length / 2), foreign]) {
      writeFileSync(template, broken);
      await startFirst();
      expect(readFileSync(template).length).toBeGreaterThan(whole.length / 2);
    }
  });

  it("is not kept where the cache is off", async () => {
    process.env["ASHLAR_CACHE_DIR"] = "off";
    process.env["XDG_CACHE_HOME"] = join(root, "cache");
    await startFirst();
    expect(readdirSync(root)).toEqual([]);
  });

  it("is not needed", async () => {
    mkdirSync(join(root, "cache"));
    writeFileSync(join(root, "cache", "ashlar"), "not a folder");
    process.env["XDG_CACHE_HOME"] = join(root, "cache");
    await startFirst();
    expect(readdirSync(join(root, "cache"))).toEqual(["ashlar"]);
  });
});
