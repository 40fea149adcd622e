import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/migrations/operation.js";
import { renderMigrations } from "../../src/migrations/render.js";
import { isAshlarError } from "../../src/support/problem.js";
import { renderTemplate } from "./render-template.js";
import { column, indexOf, snapshotOf, tableOf } from "./tables.js";

const before = snapshotOf(tableOf("users", [column("nickname")]), tableOf("notes"));
const add: Operation = { kind: "addColumn", table: "users", column: column("name") };
const drop: Operation = { kind: "dropColumn", table: "users", column: column("nickname") };
const other: Operation = { kind: "addColumn", table: "notes", column: column("body") };
const withheld = {
  operation: drop,
  hint: "To delete it: --allow-drop users.nickname",
  reason: 'Dropping "nickname" of "users" would lose what it holds.',
};

function upOf(database: "postgres" | "sqlite", operations: readonly Operation[]): string {
  const [file] = renderMigrations({
    ...{ operations, before, database, lockSafe: true, renderTemplate },
    withheld: [withheld],
  });
  const text = file?.text ?? "";
  return text.slice(text.indexOf("export async function up"), text.indexOf("export async function down"));
}

describe("a withheld step", () => {
  it("stands as a comment beside the steps of its table, with the reason and the flag", () => {
    expect(upOf("postgres", [add, other])).toMatchInlineSnapshot(`
      "export async function up(knex: Knex): Promise<void> {
        await knex.schema.alterTable("users", (table) => {
          table.text("name");
        });

        // Withheld: Dropping "nickname" of "users" would lose what it holds.
        // To delete it: --allow-drop users.nickname
        // await knex.schema.alterTable("users", (table) => {
        //   table.dropColumn("nickname");
        // });

        await knex.schema.alterTable("notes", (table) => {
          table.text("body");
        });
      }

      "
    `);
  });

  it("stands at the end where nothing else changes its table", () => {
    expect(upOf("postgres", [other])).toMatch(/notes[^]*\/\/ Withheld: Dropping/);
  });

  it("stays a comment where its SQL has lines of its own", () => {
    const check = { name: "users_name_check", sql: "name <> ''\n  and name <> '\u2028'\r\n  and true" };
    const [file] = renderMigrations({
      ...{ operations: [add], before, database: "postgres", lockSafe: false, renderTemplate },
      withheld: [{ ...withheld, operation: { kind: "addCheck", table: "users", check } }],
    });
    const comments = file?.text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.includes("and "));
    expect(comments).toHaveLength(2);
    expect(comments?.every((line) => line.startsWith("  //"))).toBe(true);
  });

  it("is named without its statements where they would be a new table", () => {
    const text = upOf("sqlite", [add]);
    expect(text).toContain("// To delete it: --allow-drop users.nickname");
    expect(text).not.toContain("dropColumn");
  });
});

describe("what SQLite lacks", () => {
  it("is said while the migration is written, all together", () => {
    const table = {
      ...tableOf("tasks", [
        column("state", { kind: "enum", values: ["on"], native: "mood" }),
        column("mail", { kind: "text", databaseType: "text[]" }),
        column("n", { kind: "integer" }, { default: { kind: "identity", always: true } }),
        column("m", { kind: "integer" }, { default: { kind: "increment" } }),
        column("short", { kind: "text", databaseType: "varchar(3)" }),
      ]),
      schema: "billing",
      indexes: [
        { ...indexOf("tasks", ["mail"]), method: "gin", include: ["n"], nullsNotDistinct: true } as const,
      ],
    };
    expect(problemsOf([{ kind: "createTable", table }])).toEqual([
      'SQLite has no schemas, and "billing.tasks" is in one.',
      'SQLite has no enum types, and "state" of "billing.tasks" is of "mood".',
      'SQLite has no type "text[]", and "mail" of "billing.tasks" is of it.',
      'SQLite has no identity columns, and "n" of "billing.tasks" is one.',
      'SQLite has no indexes of the method "gin", and the index "tasks_mail_index" of "billing.tasks" is one.',
      'SQLite has no "include", and the index "tasks_mail_index" of "billing.tasks" has it.',
      'SQLite has no "nullsDistinct: false", and the index "tasks_mail_index" of "billing.tasks" has it.',
      'SQLite numbers only a column that is the whole primary key; "m" of "billing.tasks" is not.',
    ]);
  });

  function problemsOf(operations: readonly Operation[]): readonly string[] {
    try {
      renderMigrations({
        operations,
        before,
        database: "sqlite",
        lockSafe: true,
        withheld: [],
        renderTemplate,
      });
    } catch (error) {
      if (isAshlarError(error)) return error.problems.map(({ message }) => message);
      throw error;
    }
    return [];
  }
});
