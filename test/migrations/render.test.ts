import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { renderMigration } from "../../src/migrations/render.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import { isAshlarError } from "../../src/support/problem.js";
import { renderTemplate } from "./render-template.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

interface Change {
  readonly before?: readonly TableSnapshot[];
  readonly after: readonly TableSnapshot[];
  readonly database?: "postgres" | "sqlite";
}

async function render({ before = [], after, database = "postgres" }: Change): Promise<string> {
  const schema = snapshotOf(...before);
  const operations = diffSnapshots(schema, snapshotOf(...after));
  const text = renderMigration({ operations, before: schema, database, renderTemplate });
  return format(text, { parser: "typescript", printWidth: 110 });
}

const userTasks: TableSnapshot = {
  name: "user_tasks",
  columns: [
    column("user_id", { kind: "uuid" }, { nullable: false }),
    column("task_id", { kind: "uuid" }, { nullable: false }),
  ],
  primaryKey: { name: "user_tasks_pkey", columns: ["user_id", "task_id"] },
  foreignKeys: [
    foreignKeyTo("users", "user_tasks", "user_id"),
    foreignKeyTo("tasks", "user_tasks", "task_id"),
  ],
  indexes: [indexOf("user_tasks", ["task_id"])],
};

const users: TableSnapshot = {
  ...tableOf("users", [
    column("email", { kind: "string" }, { nullable: false }),
    column(
      "role",
      { kind: "enum", values: ["member", "owner"] },
      { nullable: false, default: { kind: "value", value: "member" } },
    ),
    column("inserted_at", { kind: "datetime" }, { nullable: false, default: { kind: "now" } }),
  ]),
  indexes: [{ name: "users_unique_email_index", columns: ["email"], unique: true }],
};

describe("the text of a migration", () => {
  it("creates the join table of a recipe as one would write it by hand, for every database alike", async () => {
    const text = await render({ after: [userTasks] });
    expect(text).toMatchInlineSnapshot(`
      "import type { Knex } from "knex";

      export async function up(knex: Knex): Promise<void> {
        await knex.schema.createTable("user_tasks", (table) => {
          table.uuid("user_id").notNullable();
          table.uuid("task_id").notNullable();

          table.primary(["user_id", "task_id"], "user_tasks_pkey");
          table.foreign("user_id", "user_tasks_user_id_fkey").references("id").inTable("users").onDelete("cascade");
          table.foreign("task_id", "user_tasks_task_id_fkey").references("id").inTable("tasks").onDelete("cascade");
          table.index(["task_id"], "user_tasks_task_id_index");
        });
      }

      export async function down(knex: Knex): Promise<void> {
        await knex.schema.dropTable("user_tasks");
      }
      "
    `);
    expect(await render({ after: [userTasks], database: "sqlite" })).toBe(text);
  });

  it("creates a table with defaults, a check and a unique index, for every database alike", async () => {
    const text = await render({ after: [users] });
    expect(text).toMatchInlineSnapshot(`
      "import type { Knex } from "knex";

      export async function up(knex: Knex): Promise<void> {
        await knex.schema.createTable("users", (table) => {
          table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
          table.string("email").notNullable();
          table.text("role").notNullable().defaultTo("member").checkIn(["member", "owner"], "users_role_check");
          table.timestamp("inserted_at", { useTz: true }).notNullable().defaultTo(knex.fn.now());

          table.primary(["id"], "users_pkey");
          table.unique(["email"], { indexName: "users_unique_email_index", useConstraint: false });
        });
      }

      export async function down(knex: Knex): Promise<void> {
        await knex.schema.dropTable("users");
      }
      "
    `);
    expect(await render({ after: [users], database: "sqlite" })).toBe(text);
  });

  it("puts neighbouring changes of a table into one block, in the order in which Knex does them", async () => {
    const before = tableOf("notes", [column("old"), column("name")], {
      indexes: [indexOf("notes", ["old"])],
    });
    const after = tableOf(
      "notes",
      [column("name", { kind: "text" }, { comment: "Whose?" }), column("user_id", { kind: "uuid" })],
      {
        indexes: [indexOf("notes", ["user_id"])],
        foreignKeys: [foreignKeyTo("users", "notes", "user_id", "no action")],
      },
    );
    expect(await render({ before: [before], after: [after] })).toMatchInlineSnapshot(`
      "import type { Knex } from "knex";

      export async function up(knex: Knex): Promise<void> {
        await knex.schema.alterTable("notes", (table) => {
          table.dropIndex(["old"], "notes_old_index");
        });

        await knex.schema.alterTable("notes", (table) => {
          table.uuid("user_id");
          table.text("name").comment("Whose\\\\?").alter({ alterNullable: false, alterType: false });
          table.dropColumn("old");
          table.index(["user_id"], "notes_user_id_index");
          table.foreign("user_id", "notes_user_id_fkey").references("id").inTable("users");
        });
      }

      export async function down(knex: Knex): Promise<void> {
        await knex.schema.alterTable("notes", (table) => {
          table.dropForeign(["user_id"], "notes_user_id_fkey");
          table.dropIndex(["user_id"], "notes_user_id_index");
        });

        await knex.schema.alterTable("notes", (table) => {
          table.text("old");
          table.text("name").comment("").alter({ alterNullable: false, alterType: false });
          table.dropColumn("user_id");
          table.index(["old"], "notes_old_index");
        });
      }
      "
    `);
  });

  it("alters no more of a column than changes", async () => {
    const before = tableOf("notes", [column("a"), column("b", { kind: "string", length: 10 }), column("c")]);
    const after = tableOf("notes", [
      column("a", { kind: "text" }, { nullable: false }),
      column("b", { kind: "string", length: 20 }),
      column("c", { kind: "text" }, { default: { kind: "value", value: "x" } }),
    ]);
    const text = await render({ before: [before], after: [after] });
    expect(text.slice(text.indexOf("export async function up"), text.indexOf("export async function down")))
      .toMatchInlineSnapshot(`
      "export async function up(knex: Knex): Promise<void> {
        await knex.schema.alterTable("notes", (table) => {
          table.dropNullable("a");
        });

        await knex.schema.alterTable("notes", (table) => {
          table.string("b", 20).alter({ alterNullable: false });
          table.text("c").defaultTo("x").alter({ alterNullable: false, alterType: false });
        });
      }

      "
    `);
  });

  it("opens its own transaction where SQLite has to make a table anew", async () => {
    const before = tableOf("notes", [column("name")]);
    expect(await render({ before: [before], after: [tableOf("notes")], database: "sqlite" }))
      .toMatchInlineSnapshot(`
      "import type { Knex } from "knex";

      // SQLite makes a table anew to alter it. With foreign keys enforced, that would take the rows which refer to it along,
      // and enforcement cannot be switched off inside a transaction: so each direction opens its own.
      export const config = { transaction: false };

      export async function up(database: Knex): Promise<void> {
        await database.transaction(
          async (knex) => {
            await knex.schema.alterTable("notes", (table) => {
              table.dropColumn("name");
            });
          },
          { enforceForeignCheck: false },
        );
      }

      export async function down(database: Knex): Promise<void> {
        await database.transaction(
          async (knex) => {
            await knex.schema.alterTable("notes", (table) => {
              table.text("name");
            });
          },
          { enforceForeignCheck: false },
        );
      }
      "
    `);
  });

  it("makes a table anew by hand where Knex cannot", async () => {
    const states = (...values: readonly string[]) =>
      tableOf("notes", [column("state", { kind: "enum", values })]);
    const text = await render({ before: [states("on")], after: [states("on", "off")], database: "sqlite" });
    expect(text.slice(text.indexOf("async (knex)"), text.indexOf("export async function down")))
      .toMatchInlineSnapshot(`
      "async (knex) => {
            await knex.schema.createTable("notes_rebuilt", (table) => {
              table.uuid("id").notNullable().defaultTo(knex.fn.uuid());
              table.text("state").checkIn(["on", "off"], "notes_state_check");

              table.primary(["id"], "notes_pkey");
            });

            await knex.raw('insert into "notes_rebuilt" ("id", "state") select "id", "state" from "notes"');

            await knex.schema.dropTable("notes");

            await knex.schema.renameTable("notes_rebuilt", "notes");
          },
          { enforceForeignCheck: false },
        );
      }

      "
    `);
  });

  it("says so where a database keeps nothing of what changes", async () => {
    const before = tableOf("notes", [column("name")]);
    const after = tableOf("notes", [column("name", { kind: "text" }, { comment: "Whose" })]);
    expect(await render({ before: [before], after: [after], database: "sqlite" })).toContain(
      "// Nothing to do: this database keeps none of what changes.",
    );
  });

  it("refuses to number a column of SQLite that is not the whole key", async () => {
    const table = tableOf("notes", [
      column("number", { kind: "integer" }, { default: { kind: "increment" } }),
    ]);
    const error: unknown = await render({ after: [table], database: "sqlite" }).catch(
      (reason: unknown) => reason,
    );
    expect(isAshlarError(error) && error.problems).toEqual([
      {
        code: "migration.increment.unsupported",
        message: `SQLite numbers only a column that is the whole primary key; "number" of "notes" is not.`,
        hint: `Make "number" the only primary key, or let it be an ordinary integer.`,
      },
    ]);
  });

  it("refuses what PostgreSQL does not do with a virtual column", async () => {
    const type = { kind: "enum", values: ["a"], native: "letter" } as const;
    const virtual = { generatedAs: "upper(name)", virtual: true } as const;
    const table = tableOf("notes", [column("name"), column("slug", type, virtual)], {
      indexes: [{ name: "notes_name_index", columns: ["name"], unique: false, include: ["slug"] }],
      foreignKeys: [foreignKeyTo("slugs", "notes", "slug")],
    });
    const notes = { after: [table, tableOf("slugs", [])] };
    const error: unknown = await render(notes).catch((reason: unknown) => reason);
    expect(isAshlarError(error) && error.problems).toMatchObject(
      [
        'has the index "notes_name_index"',
        'has the foreign key "notes_slug_fkey"',
        'is of the enum type "letter"',
      ].map((what) => ({
        code: "migration.virtual.unsupported",
        message: `"slug" of "notes" is virtual and ${what}, which PostgreSQL does not have.`,
      })),
    );
  });
});
