import { describe, expect, it } from "vitest";
import { diffSnapshots } from "../../src/migrations/diff.js";
import type { Operation } from "../../src/migrations/operation.js";
import { orderOperations } from "../../src/migrations/order.js";
import type { Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { tellOperation } from "./tell-operation.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

function told(before: Snapshot, after: Snapshot): readonly string[] {
  return diffSnapshots(before, after).map(tellOperation);
}

const users = tableOf("users");
const reference = column("user_id", { kind: "uuid" });
const notes = tableOf("notes", [reference], { foreignKeys: [foreignKeyTo("users", "notes", "user_id")] });
const plainNotes = tableOf("notes", [reference]);
const hens = tableOf("hens", [column("egg_id", { kind: "uuid" })], {
  foreignKeys: [foreignKeyTo("eggs", "hens", "egg_id")],
});
const eggs = tableOf("eggs", [column("hen_id", { kind: "uuid" })], {
  foreignKeys: [foreignKeyTo("hens", "eggs", "hen_id")],
});

describe("the operations between two schemas", () => {
  it("make a table before those that refer to it, whatever the names", () => {
    expect(told(snapshotOf(), snapshotOf(notes, users))).toEqual(["createTable users", "createTable notes"]);
  });

  it("drop a table after those that refer to it", () => {
    expect(told(snapshotOf(users, notes), snapshotOf())).toEqual(["dropTable notes", "dropTable users"]);
  });

  it("split off the foreign key that closes a circle", () => {
    expect(told(snapshotOf(), snapshotOf(hens, eggs))).toEqual([
      "createTable hens",
      "createTable eggs",
      "addForeignKey hens_egg_id_fkey",
    ]);
    expect(told(snapshotOf(hens, eggs), snapshotOf())).toEqual([
      "dropForeignKey hens_egg_id_fkey",
      "dropTable eggs",
      "dropTable hens",
    ]);
  });

  it("keep a table that refers to itself in one piece", () => {
    const tasks = tableOf("tasks", [column("parent_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("tasks", "tasks", "parent_id")],
    });
    expect(diffSnapshots(snapshotOf(), snapshotOf(tasks))).toEqual([{ kind: "createTable", table: tasks }]);
  });

  it("add the foreign key of a table to a unique index of its own after the table", () => {
    const things = tableOf("things", [column("code"), column("parent")], {
      indexes: [indexOf("things", ["code"], true)],
      foreignKeys: [
        { ...foreignKeyTo("things", "things", "parent"), references: { table: "things", columns: ["code"] } },
      ],
    });
    expect(told(snapshotOf(), snapshotOf(things))).toEqual([
      "createTable things",
      "addForeignKey things_parent_fkey",
    ]);
    expect(told(snapshotOf(things), snapshotOf())).toEqual([
      "dropForeignKey things_parent_fkey",
      "dropTable things",
    ]);
  });

  it("add a column before what needs it, and a key before what refers to it", () => {
    const coded = tableOf("users", [column("code")], { indexes: [indexOf("users", ["code"], true)] });
    const byCode = tableOf("notes", [reference, column("code")], {
      foreignKeys: [
        { ...foreignKeyTo("users", "notes", "code"), references: { table: "users", columns: ["code"] } },
      ],
    });
    expect(told(snapshotOf(users, plainNotes), snapshotOf(coded, byCode))).toEqual([
      "addColumn notes.code",
      "addColumn users.code",
      "addIndex users_code_index",
      "addForeignKey notes_code_fkey",
    ]);
  });

  it("drop what holds a column before the column", () => {
    const indexed = { ...notes, indexes: [indexOf("notes", ["user_id"])] };
    expect(told(snapshotOf(users, indexed), snapshotOf(users, tableOf("notes")))).toEqual([
      "dropForeignKey notes_user_id_fkey",
      "dropIndex notes_user_id_index",
      "dropColumn notes.user_id",
    ]);
  });

  it("drop and add a changed index or foreign key", () => {
    const before = { ...notes, indexes: [indexOf("notes", ["user_id"])] };
    const after = {
      ...notes,
      indexes: [indexOf("notes", ["user_id"], true)],
      foreignKeys: [foreignKeyTo("users", "notes", "user_id", "restrict")],
    };
    expect(told(snapshotOf(users, before), snapshotOf(users, after))).toEqual([
      "dropForeignKey notes_user_id_fkey",
      "dropIndex notes_user_id_index",
      "addIndex notes_user_id_index",
      "addForeignKey notes_user_id_fkey",
    ]);
  });

  it("lift a foreign key while both of its ends change type", () => {
    const after = snapshotOf(
      { ...users, columns: [column("id", { kind: "integer" }, { nullable: false })] },
      { ...notes, columns: [...users.columns, column("user_id", { kind: "integer" })] },
    );
    expect(told(snapshotOf(users, notes), after)).toEqual([
      "dropForeignKey notes_user_id_fkey",
      "alterColumn notes.user_id",
      "alterColumn users.id",
      "addForeignKey notes_user_id_fkey",
    ]);
  });

  it("leave a foreign key alone while only its columns' defaults change", () => {
    const after = snapshotOf(users, {
      ...notes,
      columns: [...users.columns, { ...reference, default: { kind: "uuid" } }],
    });
    expect(told(snapshotOf(users, notes), after)).toEqual(["alterColumn notes.user_id"]);
  });

  it("free a name before something else takes it", () => {
    const shared = [{ name: "shared", columns: ["id"], unique: false }];
    const before = snapshotOf(tableOf("b"), { ...tableOf("a"), indexes: shared });
    const after = snapshotOf({ ...tableOf("b"), indexes: shared }, tableOf("a"));
    expect(told(before, after)).toEqual(["dropIndex shared", "addIndex shared"]);
    expect(told(after, before)).toEqual(["dropIndex shared", "addIndex shared"]);
  });
});

describe("operations that require each other", () => {
  it("are reported as a bug, by name", () => {
    const create = (table: TableSnapshot): Operation => ({ kind: "createTable", table });
    expect(() => orderOperations([create(hens), create(eggs), create(tableOf("hens"))])).toThrow(
      "These operations require each other: createTable hens, createTable eggs.",
    );
  });
});
