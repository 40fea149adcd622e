import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { prepareMigration } from "./run-migration.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

const ann = "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001";
const notes = tableOf("notes", [column("user_id", { kind: "uuid" })], {
  foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
});
const states = (...values: readonly string[]) => column("state", { kind: "enum", values });
const people = (...columns: TableSnapshot["columns"]): TableSnapshot => tableOf("users", columns);

describe.each(databaseKinds)("rows on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await database.knex.raw("select 1");
  }, databaseTimeout);
  beforeEach(async () => {
    for (const table of ["user_log", "notes", "users"]) await database.knex.schema.dropTableIfExists(table);
  });
  afterAll(() => database.close());

  /** Makes the table of users and one of notes that refers to it, with a row each. */
  async function start(users: TableSnapshot, row: Record<string, unknown> = {}): Promise<Snapshot> {
    const before = snapshotOf(users, notes);
    await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
    await database.knex("users").insert({ id: ann, ...row });
    await database.knex("notes").insert({ id: ann, user_id: ann });
    return before;
  }

  async function change(before: Snapshot, users: TableSnapshot) {
    const after = snapshotOf(users, notes);
    const migration = await prepareMigration(database, diffSnapshots(before, after), before);
    await migration.up();
    return migration;
  }

  it.each([
    ["a column required", people(column("name", { kind: "text" }, { nullable: false }))],
    ["a column dropped", people()],
    ["an index added", tableOf("users", [column("name")], { indexes: [indexOf("users", ["name"], true)] })],
    ["another type", people(column("name", { kind: "string", length: 8 }))],
  ])("stay, with those that refer to them: %s", async (_, users) => {
    const before = await start(people(column("name")), { name: "Ann" });
    const migration = await change(before, users);
    expect(await database.knex("notes").select("user_id")).toEqual([{ user_id: ann }]);
    await migration.down();
    expect(await database.knex("users").select("id")).toEqual([{ id: ann }]);
    expect(await database.knex("notes").select("user_id")).toEqual([{ user_id: ann }]);
  });

  it("stay when an enum gets other values", async () => {
    const before = await start(people(states("on")), { state: "on" });
    await change(before, people(states("on", "off")));
    await database.knex("users").update({ state: "off" });
    expect(await database.knex("users").select("state")).toEqual([{ state: "off" }]);
    expect(await database.knex("notes")).toHaveLength(1);
  });

  it("get the default of a new column that the database computes", async () => {
    const before = await start(people());
    await change(
      before,
      people(column("made_at", { kind: "datetime" }, { nullable: false, default: { kind: "now" } })),
    );
    expect(await database.knex("users").whereNull("made_at")).toEqual([]);
  });

  it("are kept by a migration that fails halfway", async () => {
    const before = await start(people(column("name"), states("on")), { state: "on" });
    await expect(
      change(
        before,
        people(column("other"), column("name", { kind: "text" }, { nullable: false }), states("on")),
      ),
    ).rejects.toThrow(/null/i);
    expect(await database.knex.schema.hasColumn("users", "other")).toBe(false);
    expect(await database.knex("notes")).toHaveLength(1);
  });

  it("still have to refer to a row that is there", async () => {
    const before = await start(people(column("name")));
    await change(before, people());
    const lost = {
      id: "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a002",
      user_id: "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a003",
    };
    await expect(database.knex("notes").insert(lost)).rejects.toThrow(/foreign key/i);
    await database.knex("users").delete();
    expect(await database.knex("notes")).toEqual([]);
  });

  it("are counted on from the highest where their key starts to count", async () => {
    const key = column("id", { kind: "integer" }, { nullable: false });
    const before = snapshotOf({ ...tableOf("users"), columns: [key] });
    const after = snapshotOf({ ...tableOf("users"), columns: [{ ...key, default: { kind: "increment" } }] });
    await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
    await database.knex("users").insert([{ id: 1 }, { id: 5 }]);
    await (await prepareMigration(database, diffSnapshots(before, after), before)).up();
    await database.knex.raw("insert into users default values");
    expect(await database.knex("users").orderBy("id").pluck("id")).toEqual([1, 5, 6]);
  });

  it("stay in a table that a statement made, and as a statement left them", async () => {
    const statements = [
      { name: "log", up: "create table user_log (user_id text)", down: "drop table user_log" },
      { name: "first", up: "insert into users (name) values ('Root')", down: "delete from users" },
    ];
    const [users, required] = [people(column("name")), column("name", { kind: "text" }, { nullable: false })];
    const before = await start({ ...users, statements }, { name: "Ann" });
    await database.knex("user_log").insert({ user_id: ann });
    await database.knex("users").where({ name: "Root" }).update({ name: "Bea" });
    const migration = await change(before, { ...people(required), statements });
    await migration.down();
    expect(await database.knex("user_log").pluck("user_id")).toEqual([ann]);
    expect(await database.knex("users").orderBy("name").pluck("name")).toEqual(["Ann", "Bea"]);
  });
});
