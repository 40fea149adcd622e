import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { emptyDatabase } from "./empty-database.js";
import { diffOf } from "./feature-runs.js";
import { type FeatureCase, features } from "./migrate-features-cases.js";
import { runFile } from "./run-file.js";
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

/** What else squawk would have in single cases. */
const excludedIn: Readonly<Record<string, readonly string[]>> = {
  // An index gives way to a constraint of its name under the lock that the constraint needs for that moment.
  "indexes that become constraints, constraints that become others": ["require-concurrent-index-deletion"],
  // On the way back the columns are written anew under a lock in any case; what compares with the type goes and comes with them.
  "words added to an enum type that SQL compares with": [
    "constraint-missing-not-valid",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
  ],
};

/** What waits for a table, and what it does with it, beside those who write to it. */
const letsOthersPass =
  /^(select|update|create (unique )?index concurrently|drop index concurrently|alter table .+ validate constraint|alter type .* add value) /;

/** The statements that ran where nothing had set a limit to waiting for a lock. */
function listUnlimited(statements: readonly string[]): readonly string[] {
  let isLimited = false;
  return statements.filter((sql) => {
    const isSetting = /^set (local )?(lock|statement)_timeout/.test(sql);
    const isEnd = /^(begin|commit|rollback);?$/i.test(sql);
    if (isEnd) isLimited = false;
    if (/^set local lock_timeout = '[1-9]/.test(sql)) isLimited = true;
    return !isLimited && !isSetting && !isEnd;
  });
}

describe("a lock-safe migration", () => {
  let database: TestDatabase;
  let sent: string[] = [];
  beforeAll(async () => {
    database = await openPostgres();
    database.knex.on("query", ({ sql }: { sql: string }) => sent.push(sql));
  }, databaseTimeout);
  beforeEach(() => emptyDatabase(database));
  afterAll(() => database.close());

  /** The statements of both directions as the database gets them. */
  async function record(feature: FeatureCase, lockSafe: boolean): Promise<readonly string[]> {
    const start = await prepareMigration(database, diffSnapshots(new Map(), feature.before));
    await start.up();
    const { loaded } = await prepareMigration(database, diffOf(feature), feature.before, { lockSafe });
    sent = [];
    for (const file of loaded) await runFile(database.knex, file, "up");
    for (const file of loaded.toReversed()) await runFile(database.knex, file, "down");
    return sent;
  }

  function judge(statements: readonly string[], excludes = Object.keys(excluded)): readonly string[] {
    const sql = statements.map((text) => `${text.replace(/;+$/, "")};`).join("\n");
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
    const excludes = [...Object.keys(excluded), ...(excludedIn[name] ?? [])];
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

  it.each(cases)("waits without a limit only for what lets others pass: %s", async (_, feature) => {
    const unlimited = listUnlimited(await record(feature, true));
    expect(unlimited.filter((sql) => !letsOthersPass.test(sql))).toEqual([]);
  });

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
});
