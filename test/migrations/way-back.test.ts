import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { databaseTimeout, openPostgres, openSqlite, type TestDatabase } from "../databases/engines.js";
import { dumpSchema } from "./dump-schema.js";
import { prepareMigration } from "./run-migration.js";
import { column, snapshotOf, tableOf } from "./tables.js";

const id = "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001";
const text = { kind: "text" } as const;
const required = { nullable: false } as const;
const users = (...columns: readonly ColumnSnapshot[]): Snapshot => snapshotOf(tableOf("users", columns));
const state = (native: string | undefined, ...values: readonly string[]) =>
  column("state", { kind: "enum", values, ...(native !== undefined && { native }) });

describe.each(["postgres", "sqlite"] as const)("the way back on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (kind === "postgres") database = await openPostgres();
  }, databaseTimeout);
  beforeEach(async () => {
    if (kind === "sqlite") database = await openSqlite();
    else await database.knex.raw("drop schema public cascade; create schema public");
  });
  afterEach(async () => {
    if (kind === "sqlite") await database.close();
  });
  afterAll(async () => {
    if (kind === "postgres") await database.close();
  });

  /** The way up is gone; what comes between is up to the test. */
  async function goUp(before: Snapshot, after: Snapshot, row: Record<string, unknown>, lockSafe: boolean) {
    await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
    await database.knex("users").insert({ id, ...row });
    const dump = await dumpSchema(database);
    const migration = await prepareMigration(database, diffSnapshots(before, after), before, { lockSafe });
    await migration.up();
    return { migration, dump };
  }

  const locks = kind === "postgres" ? [true, false] : [false];

  it.each(locks)(
    "brings a required column back without NOT NULL where there are rows, lock-safe: %s",
    async (lockSafe) => {
      const before = users(column("name", text, required), column("other"));
      const { migration, dump } = await goUp(before, users(column("other")), { name: "Ann" }, lockSafe);
      await migration.down();
      expect(await database.knex("users").select("name")).toEqual([{ name: null }]);
      await migration.up();
      await database.knex("users").delete();
      await migration.down();
      expect(await dumpSchema(database)).toEqual(dump);
    },
  );

  const stops: Readonly<
    Record<string, readonly [before: Snapshot, after: Snapshot, Record<string, unknown>, RegExp]>
  > = {
    "a row without a value": [
      users(column("name", text, required)),
      users(column("name")),
      { name: null },
      /column "name" of "users" has rows without a value/,
    ],
    "a word that was not there": [
      users(state(undefined, "on")),
      users(state(undefined, "on", "off")),
      { state: "off" },
      /column "state" of "users" holds words that it did not have before/,
    ],
    ...(kind === "postgres" && {
      "a word of an enum type that was not there": [
        users(state("mood", "on")),
        users(state("mood", "on", "off")),
        { state: "off" },
        /column "state" of "users" holds "off", which "mood" is to lose/,
      ],
      "a text that is too long": [
        users(column("name", { kind: "string", length: 3 })),
        users(column("name")),
        { name: "Annabel" },
        /column "name" of "users" holds values that do not fit/,
      ],
    }),
  };

  it.each(Object.entries(stops))(
    "stops for %s, and goes on once it is changed",
    async (_, [before, after, row, said]) => {
      const [name = "", value] = Object.entries(row)[0] ?? [];
      const old = before.get("users")?.columns.find((it) => it.name === name)?.type;
      const fitting = old?.kind === "enum" ? "on" : "Ann";
      const { migration, dump } = await goUp(before, after, { [name]: fitting }, kind === "postgres");
      await database.knex("users").update({ [name]: value });
      await expect(migration.down()).rejects.toThrow(said);
      expect(await database.knex("users").select(name)).toEqual([{ [name]: value }]);
      await database.knex("users").update({ [name]: fitting });
      await migration.unlock();
      await migration.down();
      expect(await dumpSchema(database)).toEqual(dump);
    },
  );

  it("brings a dropped table back whole (case 64)", async () => {
    const gone: TableSnapshot = tableOf("gone", [state(undefined, "on")], {
      checks: [{ name: "gone_check", sql: "state <> 'off'" }],
      indexes: [{ name: "gone_index", columns: ["state"], unique: true, where: "state is not null" }],
    });
    const before = new Map([...users(), ["gone", gone] as const]);
    const { migration, dump } = await goUp(before, users(), {}, true);
    await migration.down();
    expect(await dumpSchema(database)).toEqual(dump);
  });
});
