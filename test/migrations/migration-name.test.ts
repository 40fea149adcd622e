import { describe, expect, it } from "vitest";
import { buildMigrationFileName, findDefaultMigrationName } from "../../src/migrations/migration-name.js";
import { column, foreignKeyTo, indexOf, tableOf } from "./tables.js";

const create = (name: string) => ({ kind: "createTable", table: tableOf(name) }) as const;
const add = (table: string, name: string) => ({ kind: "addColumn", table, column: column(name) }) as const;
const drop = (table: string, name: string) => ({ kind: "dropColumn", table, column: column(name) }) as const;
const addIndex = { kind: "addIndex", table: "notes", index: indexOf("notes", ["a"]) } as const;

const renameKey = {
  kind: "renameConstraint",
  table: "remarks",
  renamed: { kind: "primaryKey", from: "notes_pkey", to: "remarks_pkey" },
} as const;
const require = {
  kind: "alterColumn",
  table: "notes",
  before: column("a"),
  after: { ...column("a"), nullable: false },
} as const;
const mood = (...values: readonly string[]) => ({ name: "mood", values });

describe("the default name of a migration", () => {
  it.each([
    ["create_users", [create("users")]],
    ["create_users_and_tasks", [create("users"), create("tasks"), add("notes", "a")]],
    ["create_4_tables", [create("a"), create("b"), create("c"), create("d")]],
    ["drop_users", [{ kind: "dropTable", table: tableOf("users") } as const]],
    ["add_a_to_notes", [add("notes", "a"), addIndex]],
    ["add_a_and_b_to_notes", [add("notes", "a"), add("notes", "b")]],
    ["add_4_columns_to_notes", ["a", "b", "c", "d"].map((name) => add("notes", name))],
    ["add_a_to_notes_and_users", [add("notes", "a"), add("users", "a")]],
    ["drop_a_from_notes", [drop("notes", "a")]],
    ["change_notes", [drop("notes", "a"), add("notes", "b")]],
    ["change_notes", [addIndex]],
    [
      "create_billing_notes",
      [{ kind: "createTable", table: { ...tableOf("notes"), schema: "billing" } } as const],
    ],
    ["rename_notes_to_remarks", [{ kind: "renameTable", from: "notes", to: "remarks" } as const, renameKey]],
    ["rename_a_to_b_in_notes", [{ kind: "renameColumn", table: "notes", from: "a", to: "b" } as const]],
    [
      "add_a_to_notes",
      [add("notes", "a"), { kind: "fillColumn", table: "notes", column: "a", sql: "0" } as const, require],
    ],
    [
      "add_a_to_notes",
      [{ kind: "createEnum", type: { name: "mood", values: ["a"] } } as const, add("notes", "a")],
    ],
    ["create_a_and_b_and_c", [create("a"), create("b"), create("c")]],
    ["change_notes", [add("notes", "b"), require]],
    ["change_users_and_notes", [add("users", "a"), require]],
    ["change_notes", [drop("notes", "a"), require]],
    [
      "change_notes",
      [add("notes", "b"), { kind: "renameColumn", table: "notes", from: "a", to: "c" } as const],
    ],
    ["change_notes", [add("notes", "b"), { kind: "renameTable", from: "remarks", to: "notes" } as const]],
    ["change_remarks", [renameKey]],
    ["add_a_to_notes", [add("notes", "a"), renameKey]],
    [
      "change_remarks_and_notes",
      [
        { kind: "renameTable", from: "notes", to: "remarks" } as const,
        { kind: "renameColumn", table: "notes", from: "a", to: "b" } as const,
      ],
    ],
    ["change_mood", [{ kind: "createEnum", type: mood("a") } as const]],
    ["change_mood", [{ kind: "addEnumValues", before: mood("a"), after: mood("a", "b") } as const]],
    [
      "change_notes",
      [{ kind: "addForeignKey", table: "notes", foreignKey: foreignKeyTo("users", "notes", "a") } as const],
    ],
  ])("is %s", (name, operations) => {
    expect(findDefaultMigrationName(operations)).toBe(name);
  });

  it("says that a table joins others", () => {
    expect(findDefaultMigrationName([create("user_tasks")], { isJoin: true })).toBe(
      "create_user_tasks_join_table",
    );
    expect(findDefaultMigrationName([add("user_tasks", "role")], { isJoin: true })).toBe(
      "add_role_to_user_tasks",
    );
  });
});

describe("the file name of a migration", () => {
  const now = new Date("2026-11-22T19:00:00.999Z");

  it("starts with the moment in UTC", () => {
    expect(buildMigrationFileName({ name: "Create users", now, existing: [] })).toBe(
      "20261122190000_create_users.ts",
    );
  });

  it.each([
    ["20261122190000_other.ts", "20261122190001"],
    ["20261231235959_other.ts", "20270101000000"],
    ["20261122185959_other.ts", "20261122190000"],
    ["001_other.ts", "20261122190000"],
    ["snapshot", "20261122190000"],
  ])("comes after %s", (existing, timestamp) => {
    const names = ["20250101000000_first.js", existing, "20240101000000_older.ts"];
    expect(buildMigrationFileName({ name: "x", now, existing: names })).toBe(`${timestamp}_x.ts`);
  });
});
