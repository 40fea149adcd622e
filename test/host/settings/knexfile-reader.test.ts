import { describe, expect, test } from "vitest";
import { findDatabaseKind, readKnexfile } from "../../../src/host/settings/knexfile-reader.js";

describe("the migrations folder of a knexfile", () => {
  test.each([
    ['migrations: { directory: "./db/migrations" }', "db/migrations"],
    ["migrations: { tableName: 'x', directory: 'db/migrations/' },", "db/migrations"],
    ['migrations: {\n  // directory: "old"\n  directory: [\n "migrations", "more"] }', "migrations"],
    ['migrations: { directory: path.join(__dirname, "db", "migrations") }', "db/migrations"],
    ['migrations: { directory: join(import.meta.dirname, "migrations",) }', "migrations"],
    ["migrations: { directory: `${__dirname}/migrations` }", "migrations"],
    ['migrations: { directory: fileURLToPath(new URL("./migrations", import.meta.url)) }', "migrations"],
    ['const migrations = { directory: "sql" }; export default { migrations }', "sql"],
    ['seeds: { directory: "seeds" }, migrations: { directory: "migrations" }', "migrations"],
  ])("is read from %j", (code, folder) => {
    expect(readKnexfile("knexfile.ts", code).migrations).toBe(folder);
  });

  test.each([
    "export default {}",
    "migrations: { directory }",
    "migrations: { directory: process.env.MIGRATIONS }",
    'migrations: { directory: path.join(root, "migrations") }',
    'migrations: { directory: "/var/migrations" }',
    'migrations: { directory: "../migrations" }',
    "migrations: { directory: `${base}/migrations` }",
    'migrations: {}, seeds: { directory: "seeds" }',
  ])("is left open by %j", (code) => {
    expect(readKnexfile("knexfile.ts", code).migrations).toBeUndefined();
  });

  test("is relative to the knexfile, as Knex takes it", () => {
    expect(readKnexfile("db/knexfile.ts", 'migrations: { directory: "./migrations" }').migrations).toBe(
      "db/migrations",
    );
    expect(readKnexfile("db/knexfile.ts", 'migrations: { directory: "../migrations" }').migrations).toBe(
      "migrations",
    );
  });
});

describe("the clients of a knexfile", () => {
  test.each([
    ['client: "pg"', ["pg"]],
    [
      "development: { client: 'better-sqlite3' }, production: { client: 'pg' }, test: { client: 'pg' }",
      ["better-sqlite3", "pg"],
    ],
    [
      'import { PgliteClient } from "ashlar/pglite";\nexport default { client: PgliteClient }',
      ["ashlar/pglite"],
    ],
    ['import Client from "knex-pglite";\nconst a = { client: Client }', ["knex-pglite"]],
    ['const { Client } = require("ashlar/sqlite");\nmodule.exports = { client: Client }', ["ashlar/sqlite"]],
    ['module.exports = { client: require("ashlar/sqlite").SqliteClient }', ["ashlar/sqlite"]],
    [
      'const Client = require("ashlar/sqlite").SqliteClient\nmodule.exports = { client: Client }',
      ["ashlar/sqlite"],
    ],
    [
      'const sqlite = require("ashlar/sqlite");\nmodule.exports = { client: sqlite.SqliteClient }',
      ["ashlar/sqlite"],
    ],
    [
      'const { SqliteClient } = await import("ashlar/sqlite");\nexport default { client: SqliteClient }',
      ["ashlar/sqlite"],
    ],
    ['export default { client: (await import("ashlar/sqlite")).SqliteClient }', ["ashlar/sqlite"]],
    ['/* client: "mysql" */ // client: "mssql"\nclient: "pg", url: "http://a//b"', ["pg"]],
    ["client: process.env.CLIENT", []],
  ])("are read from %j", (code, clients) => {
    expect(readKnexfile("knexfile.ts", code).clients).toEqual(clients);
  });

  test.each([
    ["pg", "postgres"],
    ["postgresql", "postgres"],
    ["pgnative", "postgres"],
    ["@electric-sql/pglite", "pglite"],
    ["knex-pglite", "pglite"],
    ["ashlar/pglite", "pglite"],
    ["sqlite3", "sqlite"],
    ["better-sqlite3", "sqlite"],
    ["libsql", "sqlite"],
    ["ashlar/sqlite", "sqlite"],
    ["mysql2", undefined],
    ["pg-boss", undefined],
  ])("%s is the database %s", (client, kind) => {
    expect(findDatabaseKind(client)).toBe(kind);
  });
});
