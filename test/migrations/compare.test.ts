import { describe, expect, it } from "vitest";
import { adoptSqlTexts } from "../../src/migrations/adopt-sql-texts.js";
import { compareSchemas } from "../../src/migrations/compare.js";
import { canonicalType, normalizeSql } from "../../src/migrations/compare-sql.js";
import type { ColumnSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

function compare(
  expected: TableSnapshot,
  actual: TableSnapshot,
  database: "postgres" | "sqlite" = "postgres",
) {
  return compareSchemas(snapshotOf(expected), snapshotOf(actual), database).map(({ message }) => message);
}

const users = (age: ColumnSnapshot, more: Partial<TableSnapshot> = {}) => tableOf("users", [age], more);
const age = column("age", { kind: "integer" });

describe("compareSchemas", () => {
  it("finds nothing between a schema and itself", () => {
    const one = users(age, { indexes: [indexOf("users", ["age"])], checks: [{ name: "c", sql: "age > 0" }] });
    expect(compare(one, one)).toEqual([]);
  });

  it("names tables that are missing or too many", () => {
    const messages = compareSchemas(snapshotOf(tableOf("eggs")), snapshotOf(tableOf("hens"))).map(
      ({ message }) => message,
    );
    expect(messages).toEqual(['The table "eggs" is missing.', 'There is a table "hens" too many.']);
  });

  it.each<[string, TableSnapshot, TableSnapshot]>([
    ['The column "age" of "users" is missing.', users(age), tableOf("users")],
    ['"users" has the column "age" too many.', tableOf("users"), users(age)],
    [
      'The type of the column "age" of "users" is text, not integer.',
      users(age),
      users({ ...age, type: { kind: "text" } }),
    ],
    [
      'The nullability of the column "age" of "users" is not null, not nullable.',
      users(age),
      users({ ...age, nullable: false }),
    ],
    [
      'The default of the column "age" of "users" is none, not 7.',
      users({ ...age, default: { kind: "value", value: 7 } }),
      users(age),
    ],
    [
      'The comment of the column "age" of "users" is In years, not none.',
      users(age),
      users({ ...age, comment: "In years" }),
    ],
    [
      'The expression of the column "age" of "users" is none, not 1+1.',
      users({ ...age, generatedAs: "1 + 1" }),
      users(age),
    ],
    [
      'The index "users_age_index" of "users" is missing.',
      users(age, { indexes: [indexOf("users", ["age"])] }),
      users(age),
    ],
    [
      'The uniqueness of the index "users_age_index" of "users" is none, not unique.',
      users(age, { indexes: [indexOf("users", ["age"], true)] }),
      users(age, { indexes: [indexOf("users", ["age"])] }),
    ],
    [
      'The condition of the check "c" of "users" is age>1, not age>0.',
      users(age, { checks: [{ name: "c", sql: "age > 0" }] }),
      users(age, { checks: [{ name: "c", sql: "age > 1" }] }),
    ],
    [
      'The on delete of the foreign key "users_age_fkey" of "users" is restrict, not cascade.',
      users(age, { foreignKeys: [foreignKeyTo("hens", "users", "age")] }),
      users(age, { foreignKeys: [foreignKeyTo("hens", "users", "age", "restrict")] }),
    ],
    [
      'The columns of the primary key "users_pkey" of "users" is "id", "age", not "id".',
      users(age),
      users(age, { primaryKey: { name: "users_pkey", columns: ["id", "age"] } }),
    ],
  ])("says: %s", (message, expected, actual) => {
    expect(compare(expected, actual)).toEqual([message]);
  });

  it.each<[string, ColumnSnapshot, ColumnSnapshot]>([
    [
      "a length that is the usual one",
      column("a", { kind: "string" }),
      column("a", { kind: "string", length: 255 }),
    ],
    [
      "two names of one type",
      column("a", { kind: "text", databaseType: "varchar" }),
      column("a", { kind: "text", databaseType: "character varying" }),
    ],
    [
      "two spellings of a number",
      column("a", { kind: "decimal" }, { default: { kind: "value", value: "1.50" } }),
      column("a", { kind: "decimal" }, { default: { kind: "value", value: 1.5 } }),
    ],
    [
      "the depth of arrays",
      column("a", { kind: "array", of: { kind: "array", of: { kind: "text" } } }),
      column("a", { kind: "array", of: { kind: "text" } }),
    ],
  ])("takes %s for the same on PostgreSQL", (_, one, other) => {
    expect(compare(users(one), users(other))).toEqual([]);
  });

  it.each<[string, ColumnSnapshot, ColumnSnapshot]>([
    [
      "a decimal and a float",
      column("a", { kind: "decimal", precision: 8, scale: 2 }),
      column("a", { kind: "float" }),
    ],
    [
      "an array and json",
      column("a", { kind: "array", of: { kind: "text" } }),
      column("a", { kind: "json" }),
    ],
    ["a comment and none", column("a", { kind: "text" }, { comment: "Why?" }), column("a")],
  ])("takes %s for the same on SQLite, which does not tell them apart", (_, one, other) => {
    expect(compare(users(one), users(other), "sqlite")).toEqual([]);
    expect(compare(users(one), users(other), "postgres")).not.toEqual([]);
  });
});

describe("adoptSqlTexts", () => {
  it("takes texts as they were read, and nothing else", () => {
    const snapshot = snapshotOf(
      users({ ...age, generatedAs: "1+1" }, { checks: [{ name: "c", sql: "age in (1,2)" }] }),
    );
    const built = snapshotOf(
      users(
        { ...age, nullable: false, generatedAs: "(1 + 1)" },
        { checks: [{ name: "c", sql: "age = ANY (ARRAY[1, 2])" }] },
      ),
    );
    expect(adoptSqlTexts(snapshot, built)).toEqual(
      snapshotOf(
        users(
          { ...age, generatedAs: "(1 + 1)" },
          { checks: [{ name: "c", sql: "age = ANY (ARRAY[1, 2])" }] },
        ),
      ),
    );
  });

  it("does not take another type for another spelling", () => {
    const snapshot = snapshotOf(users(column("age", { kind: "integer", databaseType: "smallint" })));
    expect(adoptSqlTexts(snapshot, snapshotOf(users(age)))).toEqual(snapshot);
  });
});

it.each([
  ["(LOWER(\"title\")  = 'A b')", "lower(title)='A b'"],
  ["(a > 0) and (b > 0)", "(a>0)and(b>0)"],
  ['"Odd Name" is not null', '"Odd Name" is not null'],
])("the SQL %s is normalized", (sql, expected) => {
  expect(normalizeSql(sql)).toBe(expected);
});

it.each([
  ["TIMESTAMP(3)", "timestamp(3) without time zone"],
  ["varchar (20) []", "character varying(20)[]"],
  ["decimal(10, 2)", "numeric(10,2)"],
  ['"Odd Domain"', '"Odd Domain"'],
  ["Citext", "citext"],
])("the type %s is known as %s", (sql, expected) => {
  expect(canonicalType(sql)).toBe(expected);
});
