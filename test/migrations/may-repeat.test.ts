import { describe, expect, it } from "vitest";
import { isKeyImpliedBy, mayRepeat } from "../../src/migrations/may-repeat.js";
import type { Operation, OperationOf } from "../../src/migrations/operation.js";
import type { ColumnSnapshot, IndexSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, indexOf, snapshotOf, tableOf } from "./tables.js";

const email = column("email");
const unique = (more: Partial<IndexSnapshot> = {}, columns: readonly string[] = ["email"]) => ({
  ...indexOf("users", columns, true),
  ...more,
});
const addIndex = (index: IndexSnapshot, table = "users"): OperationOf<"addIndex"> => ({
  kind: "addIndex",
  table,
  index,
});
const addKey = (...columns: readonly string[]): OperationOf<"addPrimaryKey"> => ({
  kind: "addPrimaryKey",
  table: "users",
  primaryKey: { name: "users_pkey", columns },
});
const add = (given: Partial<ColumnSnapshot> = {}, table = "users"): Operation => ({
  kind: "addColumn",
  table,
  column: { ...email, ...given },
});
const withIndexes = (...indexes: readonly IndexSnapshot[]) => tableOf("users", [email], { indexes });

interface Case {
  readonly key?: OperationOf<"addIndex" | "addPrimaryKey">;
  readonly start?: TableSnapshot;
  readonly others?: readonly Operation[];
  readonly fills?: readonly string[];
}

describe("rows may repeat the values of a new key", () => {
  it.each<[boolean, string, Case]>([
    [true, "over a column that was there", {}],
    [true, "over the columns of a primary key that is new", { key: addKey("email") }],
    [false, "in an index that is not unique", { key: addIndex(indexOf("users", ["email"])) }],
    [false, "over a column that is new and empty", { others: [add()] }],
    [true, "over a column where another table gets one", { others: [add({}, "notes")] }],
    [true, "over a column beside one that is new", { others: [add({ name: "age" })] }],
    [true, "over a new column that is filled in", { others: [add()], fills: ["users.email"] }],
    [true, "over a new column with one default", { others: [add({ default: { kind: "now" } })] }],
    [
      false,
      "over a new column that is another in each row",
      { others: [add({ default: { kind: "uuid" } })] },
    ],
    [false, "over a new column that counts", { others: [add({ default: { kind: "increment" } })] }],
    [
      false,
      "over a new column that counts as SQL does",
      { others: [add({ default: { kind: "identity", always: true } })] },
    ],
    [true, "over a new column that is worked out", { others: [add({ generatedAs: "1" })] }],
    [
      true,
      "over a new column where rows without a value count as equal",
      { key: addIndex(unique({ nullsNotDistinct: true })), others: [add()] },
    ],
    [false, "over more columns than the primary key", { key: addIndex(unique({}, ["email", "id"])) }],
    [
      false,
      "over the primary key, though rows without a value count as equal",
      { key: addIndex(unique({ nullsNotDistinct: true }, ["id"])) },
    ],
    [
      false,
      "over more columns than a unique index",
      { key: addIndex(unique({}, ["age", "email"])), start: withIndexes(unique()) },
    ],
    [true, "over fewer columns than a unique index", { start: withIndexes(unique({}, ["age", "email"])) }],
    [
      true,
      "over the columns of an index that is not unique",
      { start: withIndexes(indexOf("users", ["email"])) },
    ],
    [true, "over the columns of a partial index", { start: withIndexes(unique({ where: "true" })) }],
    [
      false,
      "over the columns of an index of the same condition",
      { key: addIndex(unique({ where: "true" })), start: withIndexes(unique({ where: "true" })) },
    ],
    [
      true,
      "where rows without a value count as equal, and did not",
      { key: addIndex(unique({ nullsNotDistinct: true })), start: withIndexes(unique()) },
    ],
    [
      false,
      "where rows without a value counted as equal, and need not",
      { start: withIndexes(unique({ nullsNotDistinct: true })) },
    ],
    [
      true,
      "over a column that an index holds within an expression",
      { start: withIndexes(unique({ columns: [{ sql: "lower(email)" }] })) },
    ],
    [true, "of a table that nobody knows", { key: addIndex(unique({}, ["id"]), "eggs") }],
  ])(
    "(%s) %s",
    (expected, _, { key = addIndex(unique()), start = withIndexes(), others = [], fills = [] }) => {
      const answers = {
        fills: new Map(fills.map((name) => [name, "'x'"])),
        casts: new Map<string, string>(),
      };
      expect(mayRepeat(key, { start: snapshotOf(start), operations: [...others, key], answers })).toBe(
        expected,
      );
    },
  );
});

describe("a key that comes with another", () => {
  it.each<[boolean, string, Operation, readonly Operation[]]>([
    [true, "over some of its columns", addIndex(unique({}, ["age", "email"])), [addIndex(unique())]],
    [true, "that is the primary key", addIndex(unique({}, ["age", "id"])), [addKey("id")]],
    [false, "over other columns", addIndex(unique()), [addIndex(unique({}, ["age"]))]],
    [false, "on another table", addIndex(unique()), [addIndex(unique(), "notes")]],
    [false, "that is not unique", addIndex(unique()), [addIndex(indexOf("users", ["email"]))]],
    [
      false,
      "among operations that add none",
      addIndex(unique()),
      [add(), { kind: "createSchema", schema: "s" }],
    ],
    [false, "where it is none itself", add(), [addIndex(unique())]],
    [false, "where it is a type", { kind: "createSchema", schema: "s" }, [addIndex(unique())]],
  ])("is implied (%s) by one %s", (expected, _, operation, others) => {
    expect(isKeyImpliedBy(operation, others)).toBe(expected);
  });
});
