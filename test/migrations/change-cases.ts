import type { ColumnSnapshot, Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

const users = tableOf("users");
const status = (...values: readonly string[]) => column("status", { kind: "enum", values });

/** A table of one column beside its key, before and after. */
function altered(before: ColumnSnapshot, after: ColumnSnapshot): readonly [Snapshot, Snapshot] {
  return [snapshotOf(tableOf("things", [before])), snapshotOf(tableOf("things", [after]))];
}

function changed(
  before: TableSnapshot,
  after: TableSnapshot,
  ...others: TableSnapshot[]
): readonly [Snapshot, Snapshot] {
  return [snapshotOf(...others, before), snapshotOf(...others, after)];
}

function keyless(columns: readonly ColumnSnapshot[], indexes: TableSnapshot["indexes"]): TableSnapshot {
  return { name: "things", columns, indexes, foreignKeys: [] };
}

const numberedKey = (type: "integer" | "bigint", more: Partial<ColumnSnapshot> = {}): TableSnapshot => ({
  ...tableOf("things"),
  columns: [column("id", { kind: type }, { nullable: false, default: { kind: "increment" }, ...more })],
});

/** Schemas before and after, by what changes between them; each a change that a resource's author may make. */
export const changes: Readonly<Record<string, readonly [Snapshot, Snapshot]>> = {
  "a column added": changed(tableOf("things"), tableOf("things", [column("name")])),
  "columns with computed defaults added": changed(
    tableOf("things"),
    tableOf("things", [
      column("at", { kind: "datetime" }, { nullable: false, default: { kind: "now" } }),
      column("key", { kind: "uuid" }, { default: { kind: "uuid" } }),
    ]),
  ),
  "an enum and a list of enums added": changed(
    tableOf("things"),
    tableOf("things", [
      status("a", "b?"),
      column("list", { kind: "array", of: { kind: "enum", values: ["x", "y"] } }),
    ]),
  ),
  "a number added that counts the rows": changed(
    tableOf("things", [column("name")]),
    tableOf(
      "things",
      [
        column("name"),
        column("number", { kind: "integer" }, { nullable: false, default: { kind: "increment" } }),
      ],
      { primaryKey: { name: "things_pkey", columns: ["number"] } },
    ),
  ),
  "every column replaced": changed(
    keyless([column("one")], [indexOf("things", ["one"])]),
    keyless([column("two")], [indexOf("things", ["two"], true)]),
  ),
  "a column longer": altered(
    column("name", { kind: "string", length: 10 }),
    column("name", { kind: "string", length: 20 }),
  ),
  "a column of another type, with a default": altered(
    column("name", { kind: "text" }, { default: { kind: "value", value: "1" } }),
    column("name", { kind: "integer" }, { default: { kind: "value", value: 1 } }),
  ),
  "a column of a type that needs a cast": altered(
    column("name", { kind: "integer" }),
    column("name", { kind: "uuid" }, { nullable: false, default: { kind: "uuid" } }),
  ),
  "a column required": altered(column("name"), column("name", { kind: "text" }, { nullable: false })),
  "a column required, with a default": altered(
    column("name"),
    column("name", { kind: "text" }, { nullable: false, default: { kind: "value", value: "?" } }),
  ),
  "a comment changed and one gone": [
    snapshotOf(
      tableOf("things", [
        column("a", { kind: "text" }, { comment: "Why?" }),
        column("b", { kind: "text" }, { comment: "B" }),
      ]),
    ),
    snapshotOf(
      tableOf("things", [column("a", { kind: "text" }, { comment: "It's ''quoted''" }), column("b")]),
    ),
  ],
  "an enum with other values": altered(status("a", "b"), status("a", "c?")),
  "a text from an enum": altered(status("a", "b"), column("status")),
  "a list of enums from an enum": altered(
    status("a", "b"),
    column("status", { kind: "array", of: { kind: "enum", values: ["a", "b"] } }),
  ),
  "a key of more columns": changed(
    tableOf("things", [column("part", { kind: "integer" }, { nullable: false })]),
    tableOf("things", [column("part", { kind: "integer" }, { nullable: false })], {
      primaryKey: { name: "things_pkey", columns: ["part", "id"] },
    }),
  ),
  "a key that others refer to made anew": changed(
    users,
    { ...users, primaryKey: { name: "users_other_pkey", columns: ["id"] } },
    tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
    }),
  ),
  "a numbered key of more bits, with a comment": changed(
    numberedKey("integer"),
    numberedKey("bigint", { comment: "Which?" }),
  ),
  "a key that starts to count": changed(
    { ...tableOf("things"), columns: [column("id", { kind: "integer" }, { nullable: false })] },
    numberedKey("integer"),
  ),
  "indexes changed": changed(
    tableOf("things", [column("a"), column("b")], {
      indexes: [indexOf("things", ["a"]), indexOf("things", ["b"])],
    }),
    tableOf("things", [column("a"), column("b")], {
      indexes: [indexOf("things", ["a"], true), indexOf("things", ["b", "a"])],
    }),
  ),
  "a reference added": changed(
    tableOf("notes"),
    tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
      indexes: [indexOf("notes", ["user_id"])],
    }),
    users,
  ),
  "a reference with another rule": changed(
    tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
    }),
    tableOf("notes", [column("user_id", { kind: "uuid" })], {
      foreignKeys: [foreignKeyTo("users", "notes", "user_id", "set null")],
    }),
    users,
  ),
  "both ends of a reference of another type": [
    snapshotOf(
      { ...users, columns: [column("id", { kind: "integer" }, { nullable: false })] },
      tableOf("notes", [column("user_id", { kind: "integer" })], {
        foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
      }),
    ),
    snapshotOf(
      { ...users, columns: [column("id", { kind: "uuid" }, { nullable: false })] },
      tableOf("notes", [column("user_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("users", "notes", "user_id")],
      }),
    ),
  ],
  "tables dropped that refer to each other": [
    snapshotOf(
      tableOf("hens", [column("egg_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("eggs", "hens", "egg_id")],
      }),
      tableOf("eggs", [column("hen_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo("hens", "eggs", "hen_id")],
      }),
    ),
    snapshotOf(),
  ],
  "a name that moves from one table to another": [
    snapshotOf(tableOf("a", [column("x")], { indexes: [{ name: "shared", columns: ["x"], unique: false }] })),
    snapshotOf(
      tableOf("a", [column("x")]),
      tableOf("b", [column("x")], { indexes: [{ name: "shared", columns: ["x"], unique: false }] }),
    ),
  ],
};
