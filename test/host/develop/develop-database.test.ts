import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import knexModule from "knex";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { PgliteClient } from "../../../src/databases/pglite.js";
import { SqliteClient } from "../../../src/databases/sqlite.js";
import { describeTarget, readTarget } from "../../../src/host/develop/database-target.js";
import { createDatabase, dropDatabase, hasDatabase } from "../../../src/host/develop/develop-database.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../../databases/engines.js";
import { createProjectFolder, writeFiles } from "../temporary-project.js";

const keep = { force: false };
const databases = join(import.meta.dirname, "../../../src/databases");

/** A project whose knexfile exports this expression. */
function createProject(config: string, files: Readonly<Record<string, string>> = {}): string {
  const knexfile = `import { PgliteClient } from ${JSON.stringify(join(databases, "pglite.js"))};
import { SqliteClient } from ${JSON.stringify(join(databases, "sqlite.js"))};
void [PgliteClient, SqliteClient];
export default ${config};
`;
  const root = createProjectFolder({
    "package.json": '{ "type": "module" }',
    "knexfile.ts": knexfile,
    ...files,
  });
  mkdirSync(join(root, "node_modules"));
  for (const name of ["knex", "pg", "libsql", "@electric-sql"])
    symlinkSync(resolve("node_modules", name), join(root, "node_modules", name));
  return root;
}

function read(config: string, files: Readonly<Record<string, string>> = {}) {
  return readTarget({
    root: createProject(config, files),
    knexfile: "knexfile.ts",
    environment: "development",
  });
}

describe("the place of a database", () => {
  test.each([
    ["{ client: 'pg', connection: 'postgres://ada:secret@db.example.org:5433/shop' }", "db.example.org:5433"],
    [
      "{ client: 'pg', connection: { connectionString: 'postgres://ada:secret@db.example.org:5433/shop' } }",
      "db.example.org:5433",
    ],
    [
      "{ client: 'pg', connection: async () => ({ host: 'db.example.org', database: 'shop' }) }",
      "db.example.org:5432",
    ],
    ["{ client: 'pg', connection: { database: 'shop' } }", "localhost:5432"],
    [
      "{ client: 'postgresql', connection: { host: '/run/postgresql', database: 'shop' } }",
      "/run/postgresql:5432",
    ],
  ])("is read from %s", async (config, place) => {
    expect(describeTarget(await read(config))).toBe(`the database "shop" at ${place}`);
  });

  test.each([
    ["{ client: SqliteClient, connection: { filename: './db/data.sqlite' } }", "sqlite", "db/data.sqlite"],
    ["{ client: SqliteClient, connection: { filename: 'file:data.sqlite' } }", "sqlite", "data.sqlite"],
    ["{ client: PgliteClient, connection: { dataDir: './data' } }", "pglite", "data"],
  ])("is a path beside the knexfile for %s", async (config, kind, path) => {
    const { place, root } = await read(config);
    expect(place).toEqual({ kind, path: join(root, path) });
  });

  test.each([
    "{ client: SqliteClient, connection: { filename: ':memory:' } }",
    "{ client: PgliteClient, connection: { dataDir: 'memory://' } }",
    "{ client: PgliteClient }",
  ])("is nowhere for %s, so that there is nothing to make or drop", async (config) => {
    const target = await read(config);
    expect(target.place).toEqual({ kind: "memory" });
    expect([
      await hasDatabase(target),
      await createDatabase(target),
      await dropDatabase(target, keep),
    ]).toEqual([false, false, false]);
  });

  test("is not known for other databases", async () => {
    await expect(read("{ client: 'mysql2', connection: {} }")).rejects.toThrow(/mysql/);
  });
});

describe("a file of SQLite", () => {
  const config = "{ client: SqliteClient, connection: { filename: './db/data.sqlite' } }";

  test("is made by the first connection in a folder that is made before, and dropped with all beside it", async () => {
    const target = await read(config);
    expect(await createDatabase(target)).toBe(true);
    const filename = join(target.root, "db/data.sqlite");
    const knex = knexModule.knex({ client: SqliteClient, connection: { filename } });
    await knex.schema.createTable("users", (table) => table.increments("id"));
    for (const suffix of ["-wal", "-shm"]) expect(existsSync(filename + suffix)).toBe(true);
    await knex.destroy();
    writeFileSync(`${filename}-journal`, "");
    expect(await createDatabase(target)).toBe(false);
    expect(await dropDatabase(target, keep)).toBe(true);
    expect(readdirSync(join(target.root, "db"))).toEqual([]);
    expect(await dropDatabase(target, keep)).toBe(false);
  });

  test("is not deleted where it is something else", async () => {
    const target = await read(config, { "db/data.sqlite": "no database, but a text of some length" });
    await expect(dropDatabase(target, { force: true })).rejects.toThrow("it is no file of SQLite");
    expect(existsSync(join(target.root, "db/data.sqlite"))).toBe(true);
  });
});

describe("a folder of PGlite", () => {
  test("is deleted, but not while another has it open", { timeout: databaseTimeout }, async () => {
    const target = await read("{ client: PgliteClient, connection: { dataDir: './data' } }");
    const folder = join(target.root, "data");
    expect(await createDatabase(target)).toBe(true);
    const knex = knexModule.knex({ client: PgliteClient, connection: { dataDir: folder } });
    await knex.raw("select 1");
    await expect(dropDatabase(target, { force: true })).rejects.toMatchObject({ code: "database.locked" });
    await knex.destroy();
    expect(await createDatabase(target)).toBe(false);
    expect(await dropDatabase(target, keep)).toBe(true);
    expect(readdirSync(target.root)).not.toContain("data");
    expect(readdirSync(target.root).filter((name) => /data/.test(name))).toEqual([]);
  });

  test.each([
    ["./notes", { "notes/a.txt": "mine" }, "it is no folder of PGlite"],
    [".", { PG_VERSION: "18" }, "it holds the project itself"],
    ["..", { "../PG_VERSION": "18" }, "it holds the project itself"],
  ])("is not deleted where it is %s", async (dataDir, files, why) => {
    const target = await read(`{ client: PgliteClient, connection: { dataDir: '${dataDir}' } }`);
    writeFiles(target.root, files);
    await expect(dropDatabase(target, { force: true })).rejects.toThrow(why);
    expect(existsSync(join(target.root, "package.json"))).toBe(true);
  });
});

describe("a database on a server", () => {
  let server: TestDatabase;
  beforeAll(async () => {
    server = await openPostgres();
  }, databaseTimeout);
  afterAll(() => server.close());

  async function readServer(database: string, more: object = {}) {
    const connection = { ...(server.connection as object), database, ...more };
    return read(`{ client: "pg", connection: ${JSON.stringify(connection)} }`);
  }

  function connect(database: string, application_name: string) {
    const knex = knexModule.knex({
      client: "pg",
      connection: { ...server.connection, database, application_name },
    });
    onTestFinished(() => knex.destroy());
    knex.client.pool?.on("createFail", () => undefined);
    return knex;
  }

  test("is made where it is missing and dropped where it is there, whatever it is called", async () => {
    const target = await readServer('My "shop"');
    expect(await createDatabase(target)).toBe(true);
    expect([await createDatabase(target), await hasDatabase(target)]).toEqual([false, true]);
    expect([await dropDatabase(target, keep), await hasDatabase(target)]).toEqual([true, false]);
    expect(await dropDatabase(target, keep)).toBe(false);
  });

  test("is not dropped while others are connected, who are named; --force ends their connections", async () => {
    const target = await readServer("busy_shop");
    await createDatabase(target);
    await connect("busy_shop", "the web server").raw("select 1");
    await expect(dropDatabase(target, keep)).rejects.toThrow(
      'The database "busy_shop" cannot be dropped while others are connected to it: the web server.',
    );
    expect(await dropDatabase(target, { force: true })).toBe(true);
  });

  test("is never the server's own", async () => {
    for (const name of ["postgres", "template1"])
      await expect(dropDatabase(await readServer(name), { force: true })).rejects.toMatchObject({
        code: "develop.drop.forbidden",
      });
  });

  test("is not made by whoever may not, which is said", async () => {
    await server.knex.raw("create role clerk login password 'secret'");
    const target = await readServer("clerks", { user: "clerk", password: "secret" });
    await expect(createDatabase(target)).rejects.toThrow(
      /did not create the database "clerks": permission denied/,
    );
  });

  test("is told to be out of reach without its password", async () => {
    const target = await readServer("shop", { port: 1, password: "hidden" });
    await expect(createDatabase(target)).rejects.toMatchObject({ code: "database.unreachable" });
    await expect(createDatabase(target)).rejects.not.toThrow(/hidden/);
  });
});
