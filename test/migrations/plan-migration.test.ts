import { describe, expect, it } from "vitest";
import { type MigrationAnswers, noAnswers, planMigration } from "../../src/migrations/plan-migration.js";
import type { ColumnSnapshot, Snapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";
import { tellOperation } from "./tell-operation.js";

/** What is done and what is not, in lines; and the whole plan. */
function plan(before: Snapshot, after: Snapshot, answers: Partial<MigrationAnswers> = {}) {
  const planned = planMigration({
    before,
    after,
    answers: { ...noAnswers, ...answers },
    database: "postgres",
  });
  return {
    planned,
    done: planned.operations.map(tellOperation),
    withheld: planned.withheld.map(({ operation, what }) => `${tellOperation(operation)} (${what})`),
  };
}

const users = tableOf("users");
const things = (...columns: readonly ColumnSnapshot[]) => snapshotOf(tableOf("things", columns));
const required = { nullable: false } as const;

describe("what would be lost", () => {
  it("is a table, with the flags that delete or rename it", () => {
    const { planned, done } = plan(snapshotOf(users), snapshotOf());
    expect(done).toEqual([]);
    expect(planned.after).toEqual(snapshotOf(users));
    expect(planned.withheld).toEqual([
      {
        operation: { kind: "dropTable", table: users },
        what: "users",
        reason: 'The table "users" would be deleted with all of its rows.',
        hint: "To delete it: --allow-drop users. If it has another name now: --rename-table users:<new name>",
      },
    ]);
    expect(plan(snapshotOf(users), snapshotOf(), { allowed: ["users"] }).done).toEqual(["dropTable users"]);
    expect(plan(snapshotOf(users), snapshotOf(), { allowed: ["all"] }).done).toEqual(["dropTable users"]);
  });

  it("is a column, which goes on to hold a place for what is required", () => {
    const { planned, done } = plan(things(column("a", { kind: "text" }, required)), things());
    expect(done).toEqual([]);
    expect(planned.withheld[0]).toMatchObject({
      what: "things.a",
      reason:
        'The column "a" of "things" would be deleted with all of its values. Until then it stays required, and new rows need a value for it.',
    });
    expect(plan(things(column("a")), things(), { allowed: ["things.a"] }).done).toEqual([
      "dropColumn things.a",
    ]);
  });

  it.each([
    ["goes", undefined],
    ["changes", { name: "log", up: "create table log (id integer, at text)", down: "drop table log" }],
  ])("is a table that a statement made, where the statement %s", (_, next) => {
    const log = { name: "log", up: "create table log (id integer)", down: "drop table log" };
    const view = { name: "names", up: "create view names as select 1", down: "drop view names" };
    const before = snapshotOf({ ...users, statements: [log, view] });
    const after = snapshotOf(next === undefined ? users : { ...users, statements: [next] });
    const { planned, done } = plan(before, after);
    expect(done).toEqual(["dropStatement names"]);
    expect(planned.after.get("users")?.statements).toEqual([log]);
    expect(planned.withheld[0]).toMatchObject({
      what: "users.log",
      reason:
        'The table "log", which the statement "log" of "users" made, would be deleted with all of its rows.',
      hint: "To delete it: --allow-drop users.log",
    });
    const allowed = plan(before, after, { allowed: ["users.log"] }).planned;
    expect(allowed.after).toEqual(after);
    expect(allowed.reviews.map(({ code }) => code)).toEqual(["migration.table.dropped"]);
  });

  it("is not a column that is worked out of others", () => {
    const before = things(column("a"), column("b", { kind: "text" }, { generatedAs: "upper(a)" }));
    expect(plan(before, things(column("a"))).done).toEqual(["dropColumn things.b"]);
  });

  it("is a word of an enum type", () => {
    const mood = (...values: readonly string[]) => column("mood", { kind: "enum", values, native: "mood" });
    const { planned, withheld } = plan(things(mood("a", "b")), things(mood("a")));
    expect(withheld).toEqual(["replaceEnum mood (mood)"]);
    expect(planned.withheld[0]?.hint).toBe(
      'To go on: --allow-drop mood. To say what becomes of it: --cast things.mood="<SQL of the new word>"',
    );
    const casts = new Map([["things.mood", "'a'"]]);
    expect(plan(things(mood("a", "b")), things(mood("a")), { casts }).done).toEqual(["replaceEnum mood"]);
    expect(plan(things(mood("a", "b")), things(mood("b", "a"))).done).toEqual(["replaceEnum mood"]);
  });

  it("needs a shell's quotes where its name does", () => {
    const before = snapshotOf(tableOf("things", [column("what else")]));
    expect(plan(before, things()).planned.withheld[0]?.hint).toContain("--allow-drop 'things.what else'");
  });
});

describe("what waits for something else that is withheld", () => {
  it("is all that needs it, and the other half of what is only sensible whole", () => {
    const text = column("code", { kind: "text" });
    const number = column("code", { kind: "integer" });
    const build = (code: ColumnSnapshot) =>
      snapshotOf(
        tableOf("things", [code], { indexes: [indexOf("things", ["code"], true)] }),
        tableOf("notes", [{ ...code, name: "thing_code" }, column("x")], {
          foreignKeys: [
            {
              ...foreignKeyTo("things", "notes", "thing_code"),
              references: { table: "things", columns: ["code"] },
            },
          ],
        }),
      );
    const { done, withheld, planned } = plan(build(text), build(number), { allowed: ["notes.thing_code"] });
    expect(done).toEqual([]);
    expect(withheld).toEqual([
      "dropForeignKey notes_thing_code_fkey (things.code)",
      "alterColumn notes.thing_code (things.code)",
      "alterColumn things.code (things.code)",
      "addForeignKey notes_thing_code_fkey (things.code)",
    ]);
    expect(planned.withheld[0]?.reason).toMatch(/^It goes with what is withheld: The column "code"/);
  });

  it("is a table that another one refers to which stays", () => {
    const notes = tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
    });
    const { done, withheld } = plan(snapshotOf(users, notes), snapshotOf(), { allowed: ["users"] });
    expect(done).toEqual([]);
    expect(withheld).toEqual(["dropTable notes (notes)", "dropTable users (notes)"]);
  });

  it("is the old key until the new one may come", () => {
    const keyed = (...columns: readonly string[]) =>
      snapshotOf(
        tableOf("things", [column("a", { kind: "uuid" }, required)], {
          primaryKey: { name: "things_pkey", columns },
        }),
      );
    expect(plan(keyed("id"), keyed("a"))).toMatchObject({
      done: [],
      withheld: [
        "dropPrimaryKey things_pkey (things.things_pkey)",
        "addPrimaryKey things_pkey (things.things_pkey)",
      ],
    });
  });

  it("is not what needs nothing of it", () => {
    const before = snapshotOf(tableOf("things", [column("a")]), users);
    const after = snapshotOf(tableOf("things", [column("b")]), tableOf("users", [column("c")]));
    const { done, planned } = plan(before, after, { dropped: ["things.a"] });
    expect(done).toEqual(["addColumn things.b", "addColumn users.c"]);
    expect(planned.after.get("things")?.columns.map(({ name }) => name)).toEqual(["id", "b", "a"]);
  });

  it("is a schema or an enum type that nothing would use", () => {
    const before = things(column("mood"));
    const after = things(column("mood", { kind: "enum", values: ["a"], native: "mood" }));
    const { done, withheld } = plan(before, after);
    expect(done).toEqual([]);
    expect(withheld).toEqual(["alterColumn things.mood (things.mood)"]);
  });
});

describe("a column that becomes required (case 63)", () => {
  const email = column("email", { kind: "text" }, required);
  const inThree = ["addColumn things.email", "fillColumn things.email", "alterColumn things.email"];

  it("is added without that, filled in, and then constrained", () => {
    const fills = new Map([["things.email", "'none'"]]);
    const { done, withheld, planned } = plan(things(), things(email), { fills });
    expect(done).toEqual(inThree);
    expect(withheld).toEqual([]);
    expect(planned.operations[0]).toMatchObject({ column: { nullable: true } });
    expect(planned.after).toEqual(things(email));
  });

  it("is only added where nobody says what to fill in, and the flag is named", () => {
    const { done, planned } = plan(things(), things(email));
    expect(done).toEqual(["addColumn things.email"]);
    expect(planned.withheld).toMatchObject([
      {
        what: "things.email",
        reason:
          'The column "email" of "things" becomes required, and rows that have no value stop the migration.',
        hint: 'To fill them in: --fill things.email="<SQL of the value>". If "things" has no rows: --allow-drop things.email',
      },
    ]);
    expect(plan(planned.after, things(email)).done).toEqual([]);
  });

  it("keeps the foreign key and the index that do not need it to be required", () => {
    const notes = tableOf("notes", [column("user_id", { kind: "uuid" }, required)], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
      indexes: [indexOf("notes", ["user_id"])],
    });
    const { done, withheld } = plan(snapshotOf(users, tableOf("notes")), snapshotOf(users, notes));
    expect(done).toEqual([
      "addColumn notes.user_id",
      "addIndex notes_user_id_index",
      "addForeignKey notes_user_id_fkey",
    ]);
    expect(withheld).toEqual(["alterColumn notes.user_id (notes.user_id)"]);
  });

  it("changes its type first where that changes too", () => {
    const before = things(column("size", { kind: "integer" }));
    const after = things(column("size", { kind: "bigint" }, required));
    const { done, planned } = plan(before, after, { fills: new Map([["things.size", "0"]]) });
    expect(done).toEqual(["alterColumn things.size", "fillColumn things.size", "alterColumn things.size"]);
    expect(planned.operations[0]).toMatchObject({ after: { type: { kind: "bigint" }, nullable: true } });
    expect(plan(before, after).done).toEqual(["alterColumn things.size"]);
  });

  it("needs nothing where it has a default, is worked out, or its table is new", () => {
    const filled = column("email", { kind: "text" }, { ...required, default: { kind: "value", value: "" } });
    expect(plan(things(), things(filled)).done).toEqual(["addColumn things.email"]);
    const generated = column("email", { kind: "text" }, { ...required, generatedAs: "id::text" });
    expect(plan(things(), things(generated)).done).toEqual(["addColumn things.email"]);
    expect(plan(snapshotOf(), things(email)).done).toEqual(["createTable things"]);
  });
});

describe("a change of type", () => {
  const typed = (kind: "integer" | "bigint" | "text" | "uuid") => things(column("a", { kind }));

  it("is made where every value fits", () => {
    expect(plan(typed("integer"), typed("bigint")).done).toEqual(["alterColumn things.a"]);
    expect(plan(typed("uuid"), typed("text")).done).toEqual(["alterColumn things.a"]);
  });

  it("waits for a yes where a value may not fit", () => {
    expect(plan(typed("bigint"), typed("integer")).withheld).toEqual(["alterColumn things.a (things.a)"]);
    expect(plan(typed("bigint"), typed("integer"), { allowed: ["things.a"] }).done).toEqual([
      "alterColumn things.a",
    ]);
  });

  it("waits for a cast where no database has one, whatever is allowed", () => {
    const { planned } = plan(typed("integer"), typed("uuid"), { allowed: ["all"] });
    expect(planned.operations).toEqual([]);
    expect(planned.withheld[0]?.hint).toBe('Say how: --cast things.a="<SQL of the new value>"');
    const casts = new Map([["things.a", "gen_random_uuid()"]]);
    const [operation] = plan(typed("integer"), typed("uuid"), { casts }).planned.operations;
    expect(operation).toMatchObject({ kind: "alterColumn", using: "gen_random_uuid()" });
  });
});

describe("a key over rows that are there", () => {
  const email = column("email");
  const keyed = (...columns: readonly string[]) =>
    snapshotOf(tableOf("things", [email], { indexes: [indexOf("things", columns, true)] }));

  it("waits for a yes, since two rows may hold the same", () => {
    const { withheld, planned } = plan(things(email), keyed("email"));
    expect(withheld).toEqual(["addIndex things_email_index (things.things_email_index)"]);
    expect(planned.withheld[0]?.reason).toBe(
      'Rows of "things" that have the same "email" stop the migration at the unique index "things_email_index".',
    );
    expect(plan(things(email), keyed("email"), { allowed: ["things.things_email_index"] }).done).toEqual([
      "addIndex things_email_index",
    ]);
  });

  it("is made where another key over some of its columns is there, or the column is new", () => {
    expect(plan(things(email), keyed("email", "id")).done).toEqual(["addIndex things_email_id_index"]);
    expect(plan(things(), keyed("email")).done).toEqual([
      "addColumn things.email",
      "addIndex things_email_index",
    ]);
  });

  it("waits where every row gets the same default in the new column", () => {
    const filled = { ...email, default: { kind: "value", value: "" } } as const;
    const after = snapshotOf(tableOf("things", [filled], { indexes: [indexOf("things", ["email"], true)] }));
    expect(plan(things(), after).withheld).toEqual([
      "addIndex things_email_index (things.things_email_index)",
    ]);
  });
});

describe("what may be a rename", () => {
  const before = things(column("name"), column("born", { kind: "date" }));
  const after = things(column("full_name"), column("note"), column("birth_date", { kind: "date" }));

  it("is asked, the likeliest first, and nothing is taken for one", () => {
    const { planned, done } = plan(before, after);
    expect(planned.questions).toEqual([
      { kind: "column", table: "things", from: "name", to: ["full_name", "note", "birth_date"] },
      { kind: "column", table: "things", from: "born", to: ["birth_date", "note", "full_name"] },
    ]);
    expect(done.filter((line) => line.startsWith("rename"))).toEqual([]);
  });

  it("is asked no more once it is answered, dropped or allowed to go", () => {
    const renames = { tables: [], columns: [{ table: "things", from: "name", to: "full_name" }] };
    const answered = plan(before, after, { renames, dropped: ["things.note"] });
    expect(answered.planned.questions).toEqual([
      { kind: "column", table: "things", from: "born", to: ["birth_date"] },
    ]);
    expect(
      plan(before, after, { dropped: ["things.name"], allowed: ["things.born"] }).planned.questions,
    ).toEqual([]);
  });

  it("is a table that has moved, or whose columns are those of another, and no other", () => {
    const people = tableOf("people", [column("name"), column("email")]);
    const members = tableOf("members", [column("name"), column("email")]);
    const moved = { ...people, schema: "club" };
    const other = tableOf("invoices", [column("total"), column("paid"), column("due")]);
    expect(plan(snapshotOf(people), snapshotOf(members, other, moved)).planned.questions).toEqual([
      { kind: "table", from: "people", to: ["club.people", "members"] },
    ]);
    expect(plan(snapshotOf(people), snapshotOf(other)).planned.questions).toEqual([]);
  });

  it("is no column whose values could not be read as the other's", () => {
    expect(
      plan(things(column("a", { kind: "boolean" })), things(column("b", { kind: "date" }))).planned.questions,
    ).toEqual([]);
  });
});
