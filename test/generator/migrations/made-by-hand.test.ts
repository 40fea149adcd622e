import { describe, expect, test } from "vitest";
import type { GeneratorContext } from "../../../src/generator/context.js";
import { decideMigration, planMigrations } from "../../../src/generator/migrations/plan-migrations.js";
import { describeMadeByHand, findMadeByHand } from "../../../src/generator/migrations/made-by-hand.js";
import { readNewTables } from "../../../src/generator/migrations/read-answers.js";
import { createTemplateSource } from "../../../src/host/templates.js";
import { noAnswers } from "../../../src/migrations/plan-migration.js";
import { noRenames } from "../../../src/migrations/renames.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import { snapshotOf, tableOf } from "../../migrations/tables.js";
import { contextOf, projectFiles, users } from "../migrated-project.js";

const init = "20250101000000_init.ts";
const created = [{ kind: "createTable", table: tableOf("users") }] as const;
const createUsers = 'await knex.schema.createTable("users", (table) => {});';

function projectOf(text: string): GeneratorContext {
  return { ...contextOf(new Map([[`migrations/${init}`, text]])), templates: createTemplateSource() };
}

function findMade(text: string, isNew: readonly string[] = []): readonly string[] {
  return findMadeByHand(created, isNew, projectOf(text)).map(({ migration }) => migration);
}

describe("a table that a migration by hand makes", () => {
  test.each([
    ["Knex", createUsers],
    ["Knex, if it is not there", "knex.schema.createTableIfNotExists('users', (table) => {});"],
    [
      "a constant",
      "const USERS = 'users';\nexport const up = (knex) => knex.schema.createTable(USERS, add);",
    ],
    ["another name", 'knex.schema.renameTable("people", "users");'],
    ["SQL", "await knex.raw(`CREATE TABLE IF NOT EXISTS users (id uuid)`);"],
    [
      "SQL with quotes and a schema",
      String.raw`await knex.raw("create table \"public\".\"users\" (id uuid)");`,
    ],
    ["SQL that gives another name", 'await knex.raw("alter table people rename to users");'],
  ])("is found by %s", (_, text) => {
    expect(findMade(text)).toEqual([init]);
  });

  test.each([
    [
      "another table",
      'knex.schema.createTable("user_tasks", (table) => table.foreign("user_id").inTable("users"));',
    ],
    ["a comment", `// ${createUsers}\n/* create table users */`],
    ["a statement that uses it", 'await knex("users").update({ name: "Ada" });'],
  ])("is not found in %s", (_, text) => {
    expect(findMade(text)).toEqual([]);
  });

  test.each([["users"], ["all"]])("is another one where that is said: %s", (answer) => {
    expect(findMade(createUsers, [answer])).toEqual([]);
  });

  test("was answered for where a generated migration knew it", () => {
    const steps = [
      ["20250201000000_create_users", [null, users("email")]],
      ["20250301000000_drop_users", [users("email"), null]],
    ] as const;
    const files = projectFiles(steps).set(`migrations/${init}`, createUsers);
    expect(findMadeByHand(created, [], contextOf(files))).toEqual([]);
  });

  test("is told with what to type next, once for each migration", () => {
    const made = ["users", "tasks"].map((table) => ({ table, migration: init }));
    expect(describeMadeByHand(made)).toEqual([
      {
        code: "migration.table.made",
        message: `The migration "${init}" makes the tables "users" and "tasks" already, and no snapshot says what they are.`,
        hint: "Take that from a database on which it has run: npx ashlar gen resources --from-database. Where those are gone since: --new-table users,tasks",
      },
    ]);
  });
});

describe("the plan of tables that are to be made", () => {
  const after = snapshotOf(tableOf("users"));

  async function listNotices(
    context: GeneratorContext,
    newTables: readonly string[] = [],
    stored: Snapshot = new Map(),
  ) {
    const schemas = { stored, before: stored, after: new Map([...stored, ...after]), renames: noRenames };
    const migration = decideMigration(schemas, noAnswers, context);
    const { plan } = await planMigrations(
      { dev: false, lockSafe: true, newTables },
      { migration, schemas },
      context,
    );
    return plan.notices.map(({ code }) => code);
  }

  test("tells of the migration by hand that makes one of them", async () => {
    expect(await listNotices(projectOf(createUsers))).toEqual(["migration.table.made"]);
  });

  test("tells that nobody knows what other migrations by hand have made", async () => {
    expect(await listNotices(projectOf("run();"))).toEqual(["migration.tables.unknown"]);
  });

  test.each([
    ["no migration by hand", { ...contextOf(new Map()), templates: createTemplateSource() }, []],
    ["an answer", projectOf(createUsers), ["users"]],
  ])("tells nothing with %s", async (_, context, newTables) => {
    expect(await listNotices(context, newTables)).toEqual([]);
  });

  test("tells nothing of unknown ones where there are snapshots", async () => {
    expect(await listNotices(projectOf("run();"), [], snapshotOf(tableOf("tasks")))).toEqual([]);
  });
});

test("an answer for a table that no resource has is refused", () => {
  const schemas = { before: new Map(), after: snapshotOf(tableOf("users")) };
  expect(readNewTables(["users, all", ""], schemas)).toEqual(["users", "all"]);
  expect(() => readNewTables(["user"], schemas)).toThrow('There is no table "user".');
});
