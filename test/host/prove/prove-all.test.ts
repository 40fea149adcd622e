import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { proveAll } from "../../../src/host/prove/prove-all.js";
import type { Proof } from "../../../src/host/prove/proof.js";
import { after, down, up, writeMigration } from "./cases.js";

const createTables = `
  await knex.schema.createTable("users", (table) => {
    table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
    table.string("email").notNullable();
    table.primary(["id"], "users_pkey");
    table.unique(["email"], { indexName: "users_email_index", useConstraint: false });
  });
  await knex.schema.createTable("posts", (table) => {
    table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
    table.uuid("user_id").notNullable();
    table.text("title");
    table.primary(["id"], "posts_pkey");
    table.foreign("user_id", "posts_user_id_fkey").references("id").inTable("users").onDelete("cascade");
  });`;
const dropTables = 'await knex.schema.dropTable("posts"); await knex.schema.dropTable("users");';

describe("a proof of all migrations", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ashlar-prove-all-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function prove(...texts: readonly string[]): Promise<Proof> {
    const files = texts.map((text, place) => {
      const name = `2026112${place}_change.ts`;
      writeFileSync(join(folder, name), text);
      return { name, path: join(folder, name) };
    });
    return proveAll({ root: process.cwd(), database: "sqlite", snapshot: after, files });
  }

  const first = writeMigration(createTables, dropTables);

  it("passes those that lead to the snapshot, back to nothing and there again", async () => {
    const proof = await prove(first, writeMigration(up, down));
    expect(proof.notices).toEqual([]);
    expect(proof.steps.map(({ what }) => what)).toEqual(["after", "up", "down", "up"]);
  });

  it("names what differs at the end", async () => {
    await expect(prove(first)).rejects.toMatchObject({
      problems: [
        { message: 'After running all migrations: The column "nick" of "users" is missing.' },
        { message: 'After running all migrations: The index "users_nick_index" of "users" is missing.' },
      ],
    });
  });

  it("names what the way back leaves", async () => {
    const proof = prove(
      writeMigration(createTables, 'await knex.schema.dropTable("posts");'),
      writeMigration(up, down),
    );
    await expect(proof).rejects.toThrow(
      'After taking back all migrations: There is a table "users" too many.',
    );
  });

  it("tells of tables that no snapshot knows, and of a migration that does not go back", async () => {
    const extra = 'await knex.schema.createTable("extras", (table) => { table.text("name"); });';
    const proof = await prove(
      first,
      writeMigration(up, down),
      writeMigration(extra, 'throw new Error("It stays.");'),
    );
    expect(proof.notices).toEqual([
      '"20261122_change.ts" does not go back: It stays.',
      'The migrations make tables that no snapshot knows: "extras".',
    ]);
  });

  it("names the file and the statement that fails", async () => {
    await expect(prove(first, writeMigration('await knex.raw("drop table eggs");', ""))).rejects.toThrow(
      /The migration "20261121_change.ts" fails on the way up: no such table: eggs. The statement was: drop table eggs/,
    );
  });
});
