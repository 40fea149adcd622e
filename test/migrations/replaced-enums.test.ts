import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noAnswers, planMigration } from "../../src/migrations/plan-migration.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { prepareMigration } from "./run-migration.js";
import { column, snapshotOf, tableOf } from "./tables.js";

/** Two tables that share a type; a word stands in a default, a check and the condition of an index. */
function schema(word: string): Snapshot {
  const type = { kind: "enum", values: ["new", word], native: "mood" } as const;
  const state = column("state", type, { default: { kind: "value", value: word }, nullable: false });
  return snapshotOf(
    tableOf("users", [column("name"), state], {
      checks: [{ name: "users_named_check", sql: `state <> '${word}' or name is not null` }],
      indexes: [
        { name: "users_named_index", columns: ["name"], unique: false, where: `state = '${word}'` },
        { name: "users_state_index", columns: ["state"], unique: false },
      ],
    }),
    tableOf("tasks", [column("moods", { kind: "array", of: type })]),
  );
}

const [before, after] = [schema("known"), schema("familiar")];
const casts = new Map([
  ["users.state", "case state when 'known' then 'familiar' else state::text end"],
  ["tasks.moods", "array_replace(moods::text[], 'known', 'familiar')"],
]);

describe("an enum type that loses a word which rows hold", { timeout: databaseTimeout }, () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openPostgres();
  }, databaseTimeout);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.knex.raw("drop schema public cascade; create schema public");
    await (await prepareMigration(database, diffSnapshots(new Map(), before))).up();
    await database.knex("users").insert([{ name: "Ann" }, { name: "Ben", state: "new" }]);
    await database.knex("tasks").insert({ moods: ["known", "new"] });
  });

  it.each([true, false])("gives them another by the SQL for each column, lock-safe: %s", async (lockSafe) => {
    const planned = planMigration({ before, after, answers: { ...noAnswers, casts }, database: "postgres" });
    expect(planned.withheld).toEqual([]);
    const migration = await prepareMigration(database, planned.operations, before, { lockSafe });
    await migration.up();
    expect(await database.knex("users").orderBy("name").pluck("state")).toEqual(["familiar", "new"]);
    expect(await database.knex("tasks").select(database.knex.raw("moods::text"))).toEqual([
      { moods: "{familiar,new}" },
    ]);
    await expect(migration.down()).rejects.toThrow(/holds "familiar", which "mood" is to lose/);
    await migration.unlock();
    await database.knex("users").update({ state: "new" });
    await database.knex("tasks").delete();
    await migration.down();
    await migration.up();
  });

  it("stops where there is SQL for another column only", async () => {
    const some = new Map([...casts].slice(0, 1));
    const answers = { ...noAnswers, casts: some, allowed: ["mood"] };
    const { operations, reviews } = planMigration({ before, after, answers, database: "postgres" });
    expect(reviews.map(({ code }) => code)).toContain("migration.enum.narrowed");
    const migration = await prepareMigration(database, operations, before, { lockSafe: true });
    await expect(migration.up()).rejects.toThrow(
      /column "moods" of "tasks" holds "known", which "mood" is to lose/,
    );
    expect(await database.knex("pg_indexes").where({ tablename: "users" }).pluck("indexname")).toContain(
      "users_named_index",
    );
  });
});
