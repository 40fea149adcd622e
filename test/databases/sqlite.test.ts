import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import knexModule, { type Knex } from "knex";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteClient } from "../../src/databases/sqlite.js";

let folder: string;
let filename: string;
let knex: Knex;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ashlar-sqlite-"));
  filename = join(folder, "data.sqlite");
  knex = open({ filename });
});
afterEach(async () => {
  await knex.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function open(connection: Knex.BetterSqlite3ConnectionConfig): Knex {
  return knexModule.knex({ client: SqliteClient, connection });
}

async function createFamily(): Promise<void> {
  await knex.schema.createTable("parents", (table) => {
    table.increments("id");
    table.text("name").notNullable().defaultTo("none");
    table.text("extra");
  });
  await knex.schema.createTable("children", (table) => {
    table.increments("id");
    table.integer("parent_id").references("id").inTable("parents").onDelete("cascade");
  });
  await knex("parents").insert({ name: "Ada" });
  await knex("children").insert({ parent_id: 1 });
}

describe("SqliteClient", () => {
  it("enforces foreign keys and keeps a file in WAL mode", async () => {
    await createFamily();
    expect(await knex.raw("pragma journal_mode")).toEqual([{ journal_mode: "wal" }]);
    await expect(knex("children").insert({ parent_id: 9 })).rejects.toMatchObject({
      code: "SQLITE_CONSTRAINT_FOREIGNKEY",
    });
  });

  it("opens a database in memory", async () => {
    const memory = open({ filename: ":memory:" });
    expect(await memory.raw("pragma journal_mode")).toEqual([{ journal_mode: "memory" }]);
    await memory.destroy();
  });

  it("gives null for what a row of several leaves out", async () => {
    await createFamily();
    await knex("parents").insert([{ name: "Grace", extra: "x" }, { name: "Edsger" }]);
    expect(await knex("parents").orderBy("id").pluck("extra")).toEqual([null, "x", null]);
  });

  it("refuses to rebuild a table inside a transaction, and no row is lost", async () => {
    await createFamily();
    const rebuild = (schema: Knex.SchemaBuilder) =>
      schema.alterTable("parents", (table) => table.dropColumn("extra"));
    await expect(knex.transaction((trx) => rebuild(trx.schema))).rejects.toMatchObject({
      code: "sqlite.rebuild.unsafe",
    });
    expect(await knex("children").select()).toHaveLength(1);
    await rebuild(knex.schema);
    expect(await knex("children").select()).toHaveLength(1);
    expect(await knex.schema.hasColumn("parents", "extra")).toBe(false);
    expect(await knex.raw("pragma foreign_keys")).toEqual([{ foreign_keys: 1 }]);
  });

  it("lets no other connection write while a transaction may", async () => {
    await knex.schema.createTable("entries", (table) => table.increments("id"));
    const other = open({ filename });
    await other.raw("pragma busy_timeout = 10");
    await knex.transaction(async (trx) => {
      await trx("entries").select();
      await expect(other("entries").insert({})).rejects.toMatchObject({ code: "SQLITE_BUSY" });
      await trx("entries").insert({});
    });
    expect(await other("entries").insert({}, "id")).toEqual([{ id: 2 }]);
    await other.destroy();
  });

  it("reads in a transaction of a connection that only reads", async () => {
    await createFamily();
    const reader = open({ filename, options: { readonly: true } });
    expect(await reader.transaction((trx) => trx("parents").pluck("name"))).toEqual(["Ada"]);
    await reader.destroy();
  });

  it("is out of a transaction whose commit was refused, and goes on", async () => {
    await createFamily();
    await knex.raw("create table pets (owner integer references parents (id) deferrable initially deferred)");
    const refused = knex.transaction((trx) => trx("pets").insert({ owner: 7 }));
    await expect(refused).rejects.toThrow("FOREIGN KEY constraint failed");
    await knex.transaction((trx) => trx("pets").insert({ owner: null }));
    expect(await knex("pets").pluck("owner")).toEqual([null]);
    await knex.schema.dropTable("pets");
  });

  it("waits for another process that writes", async () => {
    await knex.schema.createTable("entries", (table) => table.increments("id"));
    const writer = `
      import knexModule from "knex";
      import { SqliteClient } from ${JSON.stringify(join(import.meta.dirname, "../../src/databases/sqlite.ts"))};
      const knex = knexModule.knex({ client: SqliteClient, connection: { filename: ${JSON.stringify(filename)} } });
      for (let index = 0; index < 300; index += 1) await knex("entries").insert({});
      await knex.destroy();`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", writer], {
      stdio: "inherit",
    });
    const ended = once(child, "exit");
    for (let index = 0; index < 300; index += 1) {
      await knex("entries").insert({});
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await ended).toEqual([0, null]);
    expect(await knex("entries").count({ count: "*" })).toEqual([{ count: 600 }]);
  });
});
