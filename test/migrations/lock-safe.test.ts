import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { features } from "./migrate-features-cases.js";
import { prepareMigration } from "./run-migration.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

const squawk = fileURLToPath(new URL("../../node_modules/.bin/squawk", import.meta.url));

/** What squawk would have otherwise, each with why a migration cannot or need not. */
const excluded: Readonly<Record<string, string>> = {
  "prefer-bigint-over-int": "an attribute's type is the project's choice",
  "prefer-identity": "what counts rows is the project's choice",
  "prefer-text-field": "an attribute's type is the project's choice",
  "ban-drop-column": "a column is dropped only where that was allowed, or taken back",
  "ban-drop-table": "a table is dropped only where that was allowed, or taken back",
  "ban-drop-not-null": "that a column may be null is what was asked for",
  "changing-column-type": "a type has no other way to change without the application's help",
  "renaming-column": "a column is renamed only where that was asked for",
  "renaming-table": "a table is renamed only where that was asked for",
  "prefer-robust-stmts": "inside a transaction nothing is half done; outside every step can be repeated",
  "adding-field-with-default": "a stored generated column has no other way to be added",
};

/** What else squawk would have where a type is replaced, in a case that does so on the way back. */
const excludedWithType: Readonly<Record<string, readonly string[]>> = {
  // The columns are written anew under a lock in any case; what compares with the type goes and comes with them.
  "words added to an enum type that SQL compares with": [
    "constraint-missing-not-valid",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
  ],
};

/** What others run before a migration: so nothing waits long for a lock, nor holds one. */
const timeouts = "set lock_timeout = '1s'; set statement_timeout = '5s';";

describe("a lock-safe migration", () => {
  let database: TestDatabase;
  let sent: string[] = [];
  beforeAll(async () => {
    database = await openPostgres();
    database.knex.on("query", ({ sql }: { sql: string }) => sent.push(sql));
  }, databaseTimeout);
  beforeEach(() =>
    database.knex.raw(
      "drop schema public cascade; drop schema if exists billing cascade; create schema public",
    ),
  );
  afterAll(() => database.close());

  type Snapshots = Pick<(typeof features)[string], "before" | "after" | "renames">;

  /** The statements of each direction as the database gets them, a transaction at a time. */
  async function record(changed: Snapshots, lockSafe: boolean): Promise<readonly string[]> {
    const { before, after, renames = {} } = changed;
    const { tables = [], columns = [] } = renames;
    const start = await prepareMigration(database, diffSnapshots(new Map(), before));
    await start.up();
    const operations = diffSnapshots(before, after, {
      tables: tables.map(([from, to]) => ({ from, to })),
      columns: columns.map(([table, from, to]) => ({ table, from, to })),
    });
    const migration = await prepareMigration(database, operations, before, { lockSafe });
    sent = [];
    await migration.up();
    await migration.down();
    return sent.filter((sql) => !sql.includes("history_"));
  }

  function judge(statements: readonly string[], excludes = Object.keys(excluded)): readonly string[] {
    const sql = [timeouts, ...statements.map((text) => `${text.replace(/;+$/, "")};`)].join("\n");
    const { stdout, stderr } = spawnSync(
      squawk,
      ["--reporter=json", "--pg-version=15.0", `--exclude=${excludes.join(",")}`, "--stdin-filepath=m.sql"],
      { input: sql, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    const found = JSON.parse(stdout === "" ? "[]" : stdout) as { rule_name: string; line: number }[];
    return found.map(({ rule_name, line }) => `${rule_name}: ${sql.split("\n")[line]}`);
  }

  const cases = Object.entries(features).filter(([, { database: only = "postgres" }]) => only === "postgres");

  it.each(cases)("gives squawk nothing to complain of: %s", async (name, feature) => {
    const excludes = [...Object.keys(excluded), ...(excludedWithType[name] ?? [])];
    expect(judge(await record(feature, true), excludes)).toEqual([]);
  });

  const changed = {
    before: snapshotOf(
      tableOf("users"),
      tableOf("notes", [column("title"), column("user_id", { kind: "uuid" })]),
    ),
    after: snapshotOf(
      tableOf("users"),
      tableOf(
        "notes",
        [column("title", { kind: "text" }, { nullable: false }), column("user_id", { kind: "uuid" })],
        {
          foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
          indexes: [indexOf("notes", ["title"], true)],
          checks: [{ name: "notes_title_check", sql: "title <> ''" }],
        },
      ),
    ),
  };

  it("is what squawk complains of where it is not asked for", async () => {
    const rules = judge(await record(changed, false)).map((complaint) => complaint.split(":")[0]);
    expect([...new Set(rules)].sort()).toEqual([
      "adding-foreign-key-constraint",
      "adding-not-nullable-field",
      "constraint-missing-not-valid",
      "require-concurrent-index-creation",
      "require-concurrent-index-deletion",
    ]);
  });

  it("keeps the rows of others writable, in a second file", async () => {
    const { before, after } = changed;
    const migration = await prepareMigration(database, diffSnapshots(before, after), before, {
      lockSafe: true,
    });
    expect(migration.files).toBe(2);
    const created = await prepareMigration(database, diffSnapshots(new Map(), after), new Map(), {
      lockSafe: true,
    });
    expect(created.files).toBe(1);
  });

  describe("that was broken off", () => {
    const one = "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001";
    const two = "0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a002";

    it("leaves an invalid index, which the next run replaces", async () => {
      const before = snapshotOf(tableOf("notes", [column("title")]));
      const after = snapshotOf(
        tableOf("notes", [column("title")], {
          indexes: [{ ...indexOf("notes", ["title"], true), constraint: true }],
        }),
      );
      await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
      await database.knex("notes").insert([
        { id: one, title: "same" },
        { id: two, title: "same" },
      ]);
      const migration = await prepareMigration(database, diffSnapshots(before, after), before, {
        lockSafe: true,
      });
      await expect(migration.up()).rejects.toThrow(/could not create unique index/);
      expect(await database.knex("pg_index").where({ indisvalid: false })).toHaveLength(1);
      await database.knex("notes").where({ id: two }).delete();
      await migration.unlock();
      await migration.up();
      expect(await database.knex("pg_index").where({ indisvalid: false })).toEqual([]);
      await expect(database.knex("notes").insert({ id: two, title: "same" })).rejects.toThrow(
        /notes_title_index/,
      );
    });

    it.each(cases)("can be run again from its beginning: %s", async (_, { before, after, renames }) => {
      if (renames) return;
      await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
      const migration = await prepareMigration(database, diffSnapshots(before, after), before, {
        lockSafe: true,
      });
      await migration.up();
      await migration.runOutsideAgain("up");
      await migration.down();
    });
  });
});
