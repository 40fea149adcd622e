import { describe, expect, it } from "vitest";
import { invert } from "../../src/migrations/invert.js";
import type { EnumSnapshot, Operation } from "../../src/migrations/operation.js";
import { orderOperations } from "../../src/migrations/order.js";
import type { ColumnSnapshot, IndexSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, tableOf } from "./tables.js";

const mood: EnumSnapshot = { name: "mood", values: ["a"] };
const moody = column("mood", { kind: "enum", values: ["a"], native: "mood" });
const age = column("age");
const required = (given: ColumnSnapshot): ColumnSnapshot => ({ ...given, nullable: false });

const createTable = (table: TableSnapshot): Operation => ({ kind: "createTable", table });
const dropTable = (table: TableSnapshot): Operation => ({ kind: "dropTable", table });
const createSchema: Operation = { kind: "createSchema", schema: "sales" };
const createEnum = (type = mood): Operation => ({ kind: "createEnum", type });
const addColumn = (given: ColumnSnapshot, table = "notes"): Operation => ({
  kind: "addColumn",
  table,
  column: given,
});
const dropColumn = (given: ColumnSnapshot): Operation => ({
  kind: "dropColumn",
  table: "notes",
  column: given,
});
const alter = (before: ColumnSnapshot, after: ColumnSnapshot): Operation => ({
  kind: "alterColumn",
  table: "notes",
  before,
  after,
});
const addIndex = (index: IndexSnapshot, table = "notes"): Operation => ({ kind: "addIndex", table, index });
const dropIndex = (index: IndexSnapshot, table = "notes"): Operation => ({ kind: "dropIndex", table, index });
const addPrimaryKey = (...columns: readonly string[]): Operation => ({
  kind: "addPrimaryKey",
  table: "notes",
  primaryKey: { name: `notes_by_${columns.join("_")}`, columns },
});
const dropPrimaryKey = (...columns: readonly string[]): Operation => invert(addPrimaryKey(...columns));
const addCheck = (sql: string): Operation => ({
  kind: "addCheck",
  table: "notes",
  check: { name: "odd", sql },
});
/** From `notes.age` to a column of `users`. */
const addForeignKey = (referenced = "id"): Operation => ({
  kind: "addForeignKey",
  table: "notes",
  foreignKey: {
    ...foreignKeyTo("users", "notes", "age"),
    references: { table: "users", columns: [referenced] },
  },
});
const dropForeignKey = (referenced = "id"): Operation => invert(addForeignKey(referenced));
const addStatement = (up: string): Operation => ({
  kind: "addStatement",
  table: "notes",
  statement: { name: "s", up, down: "select 1" },
});
const fill = (given: string, sql = "0"): Operation => ({
  kind: "fillColumn",
  table: "notes",
  column: given,
  sql,
});
const replaceEnum: Operation = {
  kind: "replaceEnum",
  before: mood,
  after: { name: "mood", values: ["b"] },
  uses: [{ table: "notes", column: moody }],
};

const users = tableOf("users");
const addUsersKey: Operation = {
  kind: "addPrimaryKey",
  table: "users",
  primaryKey: { name: "users_key", columns: ["email"] },
};
const byMood = { ...indexOf("notes", ["mood"]), where: "mood = 'a'" };
const byAge = indexOf("notes", ["age"]);
const uniqueEmail = indexOf("users", ["email"], true);
const whole = column("age", { kind: "integer" });

type Pair = readonly [why: string, first: Operation, second: Operation];

/** Each holds on the way back too, the other way round. */
const pairs: readonly Pair[] = [
  ["a schema and its table", createSchema, createTable({ ...users, schema: "sales" })],
  ["a schema and its enum type", createSchema, createEnum({ ...mood, name: "sales.mood" })],
  ["a type and a table that uses it", createEnum(), createTable(tableOf("notes", [moody]))],
  ["a type and a column of it", createEnum(), addColumn(moody)],
  ["a type and a column that becomes of it", createEnum(), alter(column("mood"), moody)],
  ["a type and a statement that names it", createEnum(), addStatement("select 'a'::Mood")],
  [
    "a table and one that refers to it",
    createTable(users),
    createTable(tableOf("notes", [age], { foreignKeys: [foreignKeyTo("users", "notes", "age")] })),
  ],
  ["a table and a reference to it", createTable(users), addForeignKey()],
  ["a table and a statement that names it", createTable(users), addStatement("select * from Users")],
  [
    "a table and a statement that names a column of it",
    createTable(tableOf("eggs", [column("weight")])),
    addStatement("select weight"),
  ],
  ["a column and a statement that names it", addColumn(age, "users"), addStatement("select age")],
  ["a column and an index over it", addColumn(age), addIndex(byAge)],
  ["a column and an index whose SQL names it", addColumn(moody), addIndex({ ...byMood, columns: ["id"] })],
  ["a column and a check of it", addColumn(age), addCheck("AGE > 0")],
  ["a column and a key over it", addColumn(required(age)), addPrimaryKey("age")],
  ["a column and a reference from it", addColumn(age), addForeignKey()],
  ["a column and a reference to it", addColumn(column("email"), "users"), addForeignKey("email")],
  [
    "a column and one worked out from it",
    addColumn(age),
    addColumn(column("x", age.type, { generatedAs: "age" })),
  ],
  ["a column that is required and a key over it", alter(age, required(age)), addPrimaryKey("age")],
  ["another type and an index over the column", alter(age, whole), addIndex(byAge)],
  ["another type and a check of the column", alter(age, whole), addCheck("age > 0")],
  ["another type and a reference from the column", alter(age, whole), addForeignKey()],
  ["a key that goes and one that comes", dropPrimaryKey("id"), addPrimaryKey("age")],
  ["an index that goes and one of its name", dropIndex(byAge), addIndex({ ...byAge, columns: ["id"] })],
  [
    "a key that goes and an index of its name",
    dropPrimaryKey("age"),
    addIndex({ ...byAge, name: "notes_by_age" }, "users"),
  ],
  ["a table that goes and an index of its name", dropTable(users), addIndex({ ...byAge, name: "users" })],
  [
    "a table that goes and one with an index of the same name",
    dropTable({ ...users, indexes: [byAge] }),
    createTable(tableOf("eggs", [age], { indexes: [byAge] })),
  ],
  [
    "a table that goes and one with a key of the same name",
    dropTable(users),
    createTable({ ...tableOf("eggs"), primaryKey: { name: "users_pkey", columns: ["id"] } }),
  ],
  ["a column that goes and one of its name", dropColumn(age), addColumn(whole)],
  ["a reference that goes and one of its name", dropForeignKey("id"), addForeignKey("email")],
  ["a check that goes and one of its name", invert(addCheck("1 = 1")), addCheck("2 = 2")],
  [
    "a unique index and a reference that relies on it",
    addIndex(uniqueEmail, "users"),
    addForeignKey("email"),
  ],
  ["a primary key and a reference that relies on it", addUsersKey, addForeignKey("email")],
  ["a reference that goes and a primary key over its columns", dropForeignKey("email"), addUsersKey],
  ["a primary key that goes and a reference over its columns", invert(addUsersKey), addForeignKey("email")],
  [
    "a table with a unique index and a reference that relies on it",
    createTable(tableOf("users", [column("email")], { indexes: [uniqueEmail] })),
    addForeignKey("email"),
  ],
  [
    "a unique index that goes and a reference over its columns",
    dropIndex(uniqueEmail, "users"),
    addForeignKey("email"),
  ],
  [
    "a reference that goes and a new key over its columns",
    dropForeignKey("email"),
    addIndex(uniqueEmail, "users"),
  ],
  ["what is read with an enum type and another type in its place", dropIndex(byMood), replaceEnum],
  ["another enum type and what is read with it", replaceEnum, addIndex(byMood)],
];

/** SQL over the rows that are there has no way back of its own. */
const upwards: readonly Pair[] = [
  ["a column and what fills it", addColumn(age), fill("age")],
  ["what fills a column and that it is required", fill("age"), alter(age, required(age))],
  ["what fills a column from another and the end of that", fill("age", "born"), dropColumn(column("born"))],
  [
    "what makes values of another column and the end of that",
    { kind: "alterColumn", table: "notes", before: age, after: whole, using: "born + age" },
    dropColumn(column("born")),
  ],
  [
    "a default that goes and another type",
    alter({ ...age, default: { kind: "now" } }, age),
    alter(age, whole),
  ],
  [
    "a default that goes and another enum type",
    alter({ ...moody, default: { kind: "value", value: "a" } }, moody),
    { ...replaceEnum, uses: [] } as Operation,
  ],
  [
    "more words and a column that starts with one",
    { kind: "addEnumValues", before: mood, after: { name: "mood", values: ["a", "b"] } },
    addColumn({ ...moody, default: { kind: "value", value: "b" } }),
  ],
  [
    "an index with another name and one of its old name on another table",
    { kind: "renameConstraint", table: "notes", renamed: { kind: "index", from: byAge.name, to: "x" } },
    addIndex(byAge, "users"),
  ],
];

describe("the order of operations", () => {
  it.each([...pairs, ...upwards])("has, however they are given, %s", (_, first, second) => {
    expect(orderOperations([second, first])).toEqual([first, second]);
    expect(orderOperations([first, second])).toEqual([first, second]);
  });

  it.each(pairs)("has them the other way round where they are taken back: %s", (_, first, second) => {
    expect(orderOperations([invert(first), invert(second)])).toEqual([invert(second), invert(first)]);
  });
});
