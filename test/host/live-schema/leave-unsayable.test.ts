import { describe, expect, test } from "vitest";
import { leaveUnsayable } from "../../../src/host/live-schema/leave-unsayable.js";
import type { LiveSchema, UnmanagedPart } from "../../../src/host/live-schema/live-schema.js";
import type { ForeignKeySnapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { column, foreignKeyTo, snapshotOf, tableOf } from "../../migrations/tables.js";

function schemaOf(tables: readonly TableSnapshot[], parts: readonly UnmanagedPart[] = []): LiveSchema {
  return { snapshot: snapshotOf(...tables), parts, prerequisites: [], loose: [], unmanaged: [], notices: [] };
}

/** Tasks that refer to users. */
function tasks(nullable: boolean, more: Partial<ForeignKeySnapshot>): TableSnapshot {
  const userId = column("user_id", { kind: "uuid" }, { nullable });
  const foreignKeys = [{ ...foreignKeyTo("users", "tasks", "user_id", "no action"), ...more }];
  return tableOf("tasks", [userId], { foreignKeys });
}

const generated = tableOf("codes", [column("code", { kind: "text" }, { generatedAs: "id::text" })]);
const codes = { ...generated, primaryKey: { name: "codes_pkey", columns: ["code"] } };

describe("foreign keys", () => {
  test.each<[string, boolean, Partial<ForeignKeySnapshot>, boolean]>([
    ["sets to null, on delete, what may not be null", false, { onDelete: "set null" }, false],
    ["sets to null, on update, what may not be null", false, { onUpdate: "set null" }, false],
    ["sets to null what may be null", true, { onDelete: "set null", onUpdate: "set null" }, true],
    ["takes the row along", false, { onDelete: "cascade", onUpdate: "cascade" }, true],
  ])("one that %s", (_, nullable, more, isKept) => {
    const { snapshot, parts } = leaveUnsayable(schemaOf([tableOf("users"), tasks(nullable, more)]));
    expect(snapshot.get("tasks")?.foreignKeys).toHaveLength(isKept ? 1 : 0);
    expect(parts.map(({ table, kind, name }) => [table, kind, name])).toEqual(
      isKept ? [] : [["tasks", "foreign key", "tasks_user_id_fkey"]],
    );
  });

  test("that are left are told with the statement that makes them", () => {
    const { parts } = leaveUnsayable(
      schemaOf([tasks(false, { onDelete: "set null", onUpdate: "restrict" })]),
    );
    expect(parts[0]?.sql).toBe(
      'alter table "tasks" add constraint "tasks_user_id_fkey" foreign key ("user_id") references "users" ("id") on delete set null on update restrict',
    );
    expect(parts[0]?.why).toMatch("sets columns to null that may not be null");
  });
});

describe("a table whose key is generated", () => {
  test("is left alone, with what hangs on it", () => {
    const trigger = { table: "codes", kind: "trigger", name: "codes_touch", sql: "", why: "" } as const;
    const { snapshot, unmanaged, parts } = leaveUnsayable(schemaOf([codes, tableOf("users")], [trigger]));
    expect([...snapshot.keys()]).toEqual(["users"]);
    expect(unmanaged).toMatchObject([{ key: "codes", kind: "table", table: codes }]);
    expect(parts).toEqual([]);
  });

  test("takes the foreign keys to it along", () => {
    const referring = tasks(true, { references: { table: "codes", columns: ["code"] } });
    const { snapshot, parts } = leaveUnsayable(schemaOf([codes, referring]));
    expect(snapshot.get("tasks")?.foreignKeys).toEqual([]);
    expect(parts.map(({ why }) => why)).toEqual([
      'The foreign key "tasks_user_id_fkey" of "tasks" refers to a table that migrations leave alone.',
    ]);
  });

  test("stays where only another column is generated", () => {
    expect([...leaveUnsayable(schemaOf([generated])).snapshot.keys()]).toEqual(["codes"]);
  });
});
