import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/migrations/operation.js";
import { renderMigrations } from "../../src/migrations/render.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import { renderTemplate } from "./render-template.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

const users = tableOf("users", [
  column("name"),
  column("state", { kind: "enum", values: ["on"], native: "mood" }),
]);
const before: Snapshot = snapshotOf(users);
const table = "users";
const mood = { name: "mood", values: ["on", "off"] };
const email = indexOf("users", ["email"], true);
const check = { name: "users_age_check", sql: "age > 0" };
const foreignKey = {
  ...foreignKeyTo("billing.teams", "users", "team_id"),
  onUpdate: "cascade",
  deferrable: "initially deferred",
} as const;

/** What is in the one function of the file: its statements without their indentation. */
function bodyOf(text: string, direction: "up" | "down"): string {
  const start = text.indexOf("{\n", text.indexOf(`export async function ${direction}`)) + 2;
  return text
    .slice(start, text.indexOf("\n}\n", start))
    .split("\n")
    .map((line) => line.replace(/^ {2}/, ""))
    .join("\n");
}

function render(operation: Operation, lockSafe: boolean): readonly string[] {
  return renderMigrations({
    ...{ operations: [operation], before, lockSafe, renderTemplate },
    database: "postgres",
    withheld: [],
  }).map(({ text }) => text);
}

const inTransaction: readonly (readonly [Operation, string])[] = [
  [{ kind: "createSchema", schema: "billing" }, `await knex.schema.createSchemaIfNotExists("billing");`],
  [{ kind: "createEnum", type: mood }, `await knex.raw("create type \\"mood\\" as enum ('on', 'off')");`],
  [{ kind: "dropEnum", type: mood }, `await knex.raw("drop type \\"mood\\"");`],
  [
    { kind: "addEnumValues", before: { ...mood, values: ["on"] }, after: mood },
    `await knex.raw("alter type \\"mood\\" add value if not exists 'off' after 'on'");`,
  ],
  [
    { kind: "renameTable", from: "users", to: "billing.people" },
    [
      `await knex.raw("alter table \\"users\\" set schema \\"billing\\"");`,
      "",
      `await knex.schema.withSchema("billing").renameTable("users", "people");`,
    ].join("\n"),
  ],
  [
    { kind: "commentTable", table, before: undefined, after: "Who's who?" },
    `await knex.raw("comment on table \\"users\\" is 'Who''s who\\\\?'");`,
  ],
  [{ kind: "renameColumn", table, from: "name", to: "nick" }, inTable(`table.renameColumn("name", "nick");`)],
  [
    { kind: "fillColumn", table, column: "name", sql: "'?'" },
    `await knex.raw("update \\"users\\" set \\"name\\" = '\\\\?' where \\"name\\" is null");`,
  ],
  [
    { kind: "renameConstraint", table, renamed: { kind: "check", from: "a", to: "b" } },
    `await knex.raw("alter table \\"users\\" rename constraint \\"a\\" to \\"b\\"");`,
  ],
  [
    { kind: "renameConstraint", table, renamed: { kind: "index", from: "a", to: "b" } },
    `await knex.raw("alter index \\"a\\" rename to \\"b\\"");`,
  ],
  [
    { kind: "addColumn", table, column: column("n", { kind: "integer" }, { generatedAs: "a * 2" }) },
    inTable(`table.specificType("n", "integer generated always as (a * 2) stored");`),
  ],
  [
    { kind: "addColumn", table, column: column("n", { kind: "text", databaseType: "citext" }) },
    inTable(`table.specificType("n", "citext");`),
  ],
  [{ kind: "addCheck", table, check }, inTable(`table.check("age > 0", {}, "users_age_check");`)],
  [
    { kind: "addIndex", table, index: { ...email, where: "deleted_at is null" } },
    `await knex.raw("create unique index \\"users_email_index\\" on \\"users\\" (\\"email\\") where deleted_at is null");`,
  ],
  [
    { kind: "addForeignKey", table, foreignKey },
    inTable(
      `table.foreign("team_id", "users_team_id_fkey").references("id").inTable("billing.teams").onDelete("cascade").onUpdate("cascade").deferrable("deferred");`,
    ),
  ],
  [
    {
      kind: "alterColumn",
      table,
      before: column("n"),
      after: column("n", { kind: "integer" }),
      using: "length(n)",
    },
    `await knex.raw("alter table \\"users\\" alter column \\"n\\" type integer using (length(n))");`,
  ],
  [
    { kind: "addStatement", table, statement: { name: "t", up: "select 1;\nselect `2`;", down: "select 3" } },
    "await knex.raw(`select 1;\nselect \\`2\\`;`);",
  ],
];

function inTable(line: string): string {
  return [`await knex.schema.alterTable("users", (table) => {`, `  ${line}`, "});"].join("\n");
}

describe("the statements for an operation", () => {
  it.each(inTransaction.map(([operation, text]) => [operation.kind, operation, text] as const))(
    "in a transaction: %s",
    (_, operation, text) => {
      expect(bodyOf(render(operation, false)[0] ?? "", "up")).toBe(text);
    },
  );

  const outside: readonly (readonly [Operation, readonly string[]])[] = [
    [
      { kind: "addIndex", table, index: email },
      [
        `// An index whose making was broken off has the name, and is of no use.`,
        `if (await knex("pg_index").whereRaw("indexrelid = to_regclass('\\"users_email_index\\"') and not indisvalid").first()) {`,
        `  await knex.raw("drop index concurrently if exists \\"users_email_index\\"");`,
        "}",
        "",
        `await knex.raw("create unique index concurrently if not exists \\"users_email_index\\" on \\"users\\" (\\"email\\")");`,
      ],
    ],
    [
      { kind: "dropIndex", table, index: email },
      [`await knex.raw("drop index concurrently if exists \\"users_email_index\\"");`],
    ],
    [
      {
        kind: "alterColumn",
        table,
        before: column("name"),
        after: column("name", { kind: "text" }, { nullable: false }),
      },
      [
        "await knex.transaction(async (knex) => {",
        `  await knex.raw("set local lock_timeout = '5s'");`,
        `  await knex.raw("alter table \\"users\\" drop constraint if exists \\"users_name_not_null_check\\", add constraint \\"users_name_not_null_check\\" check (\\"name\\" is not null) not valid");`,
        "});",
        "",
        `await knex.raw("alter table \\"users\\" validate constraint \\"users_name_not_null_check\\"");`,
        "",
        "await knex.transaction(async (knex) => {",
        `  await knex.raw("set local lock_timeout = '5s'");`,
        `  await knex.raw("alter table \\"users\\" alter column \\"name\\" set not null");`,
        `  await knex.raw("alter table \\"users\\" drop constraint if exists \\"users_name_not_null_check\\"");`,
        "});",
      ],
    ],
  ];

  it.each(outside.map(([operation, lines]) => [operation.kind, operation, lines] as const))(
    "without a transaction: %s",
    (_, operation, lines) => {
      const [text = "", ...more] = render(operation, true);
      expect(text).toContain("export const config = { transaction: false, repeatable: true };");
      expect(bodyOf(text, "up")).toBe(lines.join("\n"));
      expect(more).toEqual([]);
    },
  );

  it("in two files, the second of which looks at the rows", () => {
    const [inside = "", after = ""] = render({ kind: "addCheck", table, check }, true);
    expect(bodyOf(inside, "up")).toBe(
      `await knex.raw("alter table \\"users\\" add constraint \\"users_age_check\\" check (age > 0) not valid");`,
    );
    expect(bodyOf(inside, "down")).toBe(inTable(`table.dropChecks("users_age_check");`));
    expect(bodyOf(after, "up")).toBe(
      `await knex.raw("alter table \\"users\\" validate constraint \\"users_age_check\\"");`,
    );
  });
});
