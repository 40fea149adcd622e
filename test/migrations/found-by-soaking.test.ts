import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { findNameClashes } from "../../src/migrations/name-clashes.js";
import { noAnswers, planMigration } from "../../src/migrations/plan-migration.js";
import { renderMigration, renderMigrations } from "../../src/migrations/render.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { renderTemplate } from "./render-template.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

/** Every change that rows may be in the way of, allowed but for what is said otherwise. */
function plan(before: Snapshot, after: Snapshot, more: Partial<typeof noAnswers>) {
  return planMigration({ before, after, answers: { ...noAnswers, ...more }, database: "postgres" });
}

const state = column("state", { kind: "enum", values: ["open"] });

describe("the check of an enum", () => {
  it("follows the renaming of its table even where its column goes, for the way back", () => {
    const renames = { tables: [{ from: "jobs", to: "tasks" }], columns: [] };
    const operations = diffSnapshots(
      snapshotOf(tableOf("jobs", [state])),
      snapshotOf(tableOf("tasks")),
      renames,
    );
    expect(operations).toContainEqual({
      kind: "renameConstraint",
      table: "tasks",
      renamed: { kind: "check", from: "jobs_state_check", to: "tasks_state_check" },
    });
  });

  it("is compared with values of other types as texts, on the way back", () => {
    const list = (values: readonly string[]) => column("of", { kind: "array", of: { kind: "enum", values } });
    const before = snapshotOf(tableOf("tasks", [list(["open"])]));
    const after = snapshotOf(tableOf("tasks", [column("of", { kind: "array", of: { kind: "integer" } })]));
    const operations = diffSnapshots(before, after);
    const text = renderMigration({ operations, before, database: "postgres", renderTemplate });
    expect(text).toContain(String.raw`not (\"of\"::text[] <@ array['open']::text[])`);
  });
});

describe("a table of PostgreSQL", () => {
  it("gets a unique constraint over the columns of its primary key in a statement of its own", () => {
    const index = { ...indexOf("tasks", ["id"], true), constraint: true } as const;
    const operations = diffSnapshots(new Map(), snapshotOf(tableOf("tasks", [], { indexes: [index] })));
    const text = renderMigration({ operations, before: new Map(), database: "postgres", renderTemplate });
    expect(text).toContain(String.raw`alter table \"tasks\" add constraint \"tasks_id_index\" unique`);
  });

  it("moves to the schema of the connection where it leaves another", () => {
    const before = snapshotOf(tableOf("tasks", [], { schema: "works" }));
    const renames = { tables: [{ from: "works.tasks", to: "tasks" }], columns: [] };
    const operations = diffSnapshots(before, snapshotOf(tableOf("tasks")), renames);
    const text = renderMigration({ operations, before, database: "postgres", renderTemplate });
    expect(text).toContain("current_schema()");
  });

  it.each([
    ["from", "users"],
    ["to", "tasks"],
  ])(
    "has the deferred foreign keys %s it checked before it is altered, where rows were filled",
    (_, table) => {
      const foreignKey = {
        ...foreignKeyTo("tasks", "users", "task_id"),
        deferrable: "initially deferred",
      } as const;
      const build = (nullable: boolean) => {
        const age = table === "users" ? [column("age", { kind: "integer" }, { nullable })] : [];
        const done = table === "tasks" ? [column("age", { kind: "integer" }, { nullable })] : [];
        const users = tableOf("users", [column("task_id", { kind: "uuid" }), ...age], {
          foreignKeys: [foreignKey],
        });
        return snapshotOf(tableOf("tasks", done), users);
      };
      const [before, after] = [build(true), build(false)];
      const { operations } = plan(before, after, { fills: new Map([[`${table}.age`, "1"]]) });
      const text = renderMigration({ operations, before, database: "postgres", renderTemplate });
      expect(text).toMatch(
        /is null"\);\s+await knex\.raw\("set constraints all immediate"\);[^]*dropNullable/,
      );
      const more = { withheld: [], lockSafe: true } as const;
      const files = renderMigrations({ operations, before, database: "postgres", renderTemplate, ...more });
      expect(files.at(-1)?.text).toMatch(/transaction: false[^]*update/);
      expect(files.at(-1)?.text).not.toContain("set constraints");
    },
  );

  it("may have a foreign key and a plain index of one name", () => {
    const foreignKey = { ...foreignKeyTo("users", "tasks", "user_id"), name: "tasks_user" };
    const index = { ...indexOf("tasks", ["user_id"]), name: "tasks_user" };
    const more = { foreignKeys: [foreignKey], indexes: [index] };
    expect(findNameClashes(tableOf("tasks", [column("user_id", { kind: "uuid" })], more))).toEqual([]);
    const unique = { ...index, unique: true, constraint: true } as const;
    const clashing = tableOf("tasks", [], { foreignKeys: [foreignKey], indexes: [unique] });
    expect(findNameClashes(clashing)).toHaveLength(1);
  });
});

it("puts a word of an enum type before one that is empty", () => {
  const build = (values: readonly string[]) =>
    snapshotOf(tableOf("tasks", [column("state", { kind: "enum", values, native: "state" })]));
  const before = build([""]);
  const operations = diffSnapshots(before, build(["open", ""]));
  const text = renderMigration({ operations, before, database: "postgres", renderTemplate });
  expect(text).toContain(String.raw`add value if not exists 'open' before ''`);
});

describe("answers", () => {
  it("that need each other are no bug of ours", () => {
    const [number, text] = [{ kind: "integer" }, { kind: "text" }] as const;
    const before = snapshotOf(tableOf("tasks", [column("a", number), column("b", number)]));
    const after = snapshotOf(tableOf("tasks", [column("a", text), column("b", text)]));
    const casts = new Map([
      ["tasks.a", "b::text"],
      ["tasks.b", "a::text"],
    ]);
    expect(() => plan(before, after, { casts })).toThrow(/SQL that was given.*"tasks\.[ab]"/);
  });

  it("that allow a key allow one that it implies", () => {
    const before = snapshotOf(tableOf("tasks", [column("a"), column("b")]));
    const indexes = [indexOf("tasks", ["a"], true), indexOf("tasks", ["a", "b"], true)];
    const after = snapshotOf(tableOf("tasks", [column("a"), column("b")], { indexes }));
    expect(plan(before, after, { allowed: ["tasks.tasks_a_index"] }).withheld).toEqual([]);
    expect(plan(before, after, { allowed: [] }).withheld).toHaveLength(2);
  });
});

describe("a cast of a column", () => {
  it("is of what the column becomes, where its enum type is replaced as well", () => {
    const moods = (...values: readonly string[]) => ({ kind: "enum", values, native: "mood" }) as const;
    const before = snapshotOf(
      tableOf("hens", [column("mood", { kind: "array", of: moods("calm") })]),
      tableOf("cocks", [column("mood", moods("calm"))]),
    );
    const after = snapshotOf(
      tableOf("hens", [column("mood", moods("wild"))]),
      tableOf("cocks", [column("mood", moods("wild"))]),
    );
    const casts = new Map(["hens", "cocks"].map((table) => [`${table}.mood`, "'wild'"]));
    const { operations } = plan(before, after, { casts, allowed: ["all"] });
    expect(operations).toMatchObject([
      { kind: "replaceEnum", using: { "cocks.mood": "'wild'" } },
      { kind: "alterColumn", table: "hens", using: "'wild'" },
    ]);
    expect(operations[0]).not.toHaveProperty(["using", "hens.mood"]);
  });
});
