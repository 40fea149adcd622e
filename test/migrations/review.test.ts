import { describe, expect, it } from "vitest";
import type { AttributeType } from "../../src/runtime/attribute-type.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { expandOperations } from "../../src/migrations/expand-operations.js";
import type { Operation } from "../../src/migrations/operation.js";
import { reviewOperations } from "../../src/migrations/review.js";
import type { ColumnSnapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { column, foreignKeyTo, indexOf, snapshotOf, tableOf } from "./tables.js";

const users = tableOf("users");

/** What is said of a change, as severity and code. */
function review(before: TableSnapshot | undefined, after: TableSnapshot | undefined) {
  const schema = (table: TableSnapshot | undefined) => snapshotOf(users, ...(table ? [table] : []));
  const operations = diffSnapshots(schema(before), schema(after));
  return reviewOperations(operations).map(({ severity, code }) => `${severity} ${code}`);
}

const things = (...columns: readonly ColumnSnapshot[]) => tableOf("things", columns);
const typed = (type: AttributeType) => things(column("value", type));

const mood = (...values: readonly string[]) => ({ name: "mood", values });
const told: readonly Operation[] = [
  { kind: "renameTable", from: "things", to: "items" },
  { kind: "renameColumn", table: "things", from: "a", to: "b" },
  { kind: "fillColumn", table: "things", column: "a", sql: "0" },
  { kind: "addCheck", table: "things", check: { name: "c", sql: "a > 0" } },
  { kind: "addEnumValues", before: mood("a"), after: mood("a", "b") },
  {
    kind: "replaceEnum",
    before: mood("a", "b"),
    after: mood("a"),
    uses: [{ table: "things", column: column("a", { kind: "enum", values: ["a", "b"], native: "mood" }) }],
  },
  { kind: "dropColumn", table: "things", column: column("a", { kind: "text" }, { generatedAs: "upper(b)" }) },
];

describe("the review of a migration", () => {
  it("says nothing of new tables that refer to each other", () => {
    const refer = (table: string, other: string) =>
      tableOf(table, [column("other_id", { kind: "uuid" })], {
        foreignKeys: [foreignKeyTo(other, table, "other_id")],
      });
    const operations = diffSnapshots(new Map(), snapshotOf(refer("hens", "eggs"), refer("eggs", "hens")));
    expect(operations.map(({ kind }) => kind)).toContain("addForeignKey");
    expect(reviewOperations(operations)).toEqual([]);
  });

  it("says nothing of a new table", () => {
    expect(review(undefined, things(column("a", { kind: "text" }, { nullable: false })))).toEqual([]);
  });

  it("warns of what is deleted", () => {
    expect(review(things(), undefined)).toEqual(["warning migration.table.dropped"]);
    expect(review(things(column("a")), things())).toEqual(["warning migration.column.dropped"]);
  });

  it("warns of a required column without a default on a table that exists", () => {
    const required = column("a", { kind: "text" }, { nullable: false });
    expect(review(things(), things(required))).toEqual(["warning migration.column.required"]);
    expect(review(things(), things({ ...required, default: { kind: "value", value: "" } }))).toEqual([]);
    expect(review(things(column("a")), things(required))).toEqual(["warning migration.column.required"]);
  });

  it("says of a column that is added what its rows need, since nobody can fill it in before", () => {
    const added = column("a", { kind: "text" }, { nullable: false });
    const answers = { fills: new Map<string, string>(), casts: new Map<string, string>() };
    const hintOf = (before: TableSnapshot) =>
      reviewOperations(
        expandOperations(diffSnapshots(snapshotOf(before), snapshotOf(things(added))), answers),
      )
        .map(({ hint }) => hint)
        .join("\n");
    expect(hintOf(things())).toBe('The migration fails where "things" has rows: --fill gives them a value.');
    expect(hintOf(things(column("a")))).toBe(
      'The migration fails where a row has no value: fill "a" in first.',
    );
  });

  it.each<[AttributeType, AttributeType, readonly string[]]>([
    [{ kind: "text" }, { kind: "integer" }, ["warning migration.column.type"]],
    [
      { kind: "array", of: { kind: "text" } },
      { kind: "array", of: { kind: "date" } },
      ["warning migration.column.type"],
    ],
    [{ kind: "string" }, { kind: "string", length: 254 }, ["warning migration.column.narrowed"]],
    [{ kind: "string", length: 80 }, { kind: "string" }, []],
    [
      { kind: "enum", values: ["a", "b"] },
      { kind: "enum", values: ["b"] },
      ["warning migration.column.narrowed"],
    ],
    [{ kind: "enum", values: ["a"] }, { kind: "enum", values: ["b", "a"] }, []],
    [
      { kind: "decimal" },
      { kind: "decimal", precision: 10, scale: 2 },
      ["warning migration.column.narrowed"],
    ],
    [
      { kind: "decimal", precision: 10, scale: 2 },
      { kind: "decimal", precision: 10, scale: 4 },
      ["warning migration.column.narrowed"],
    ],
    [{ kind: "decimal", precision: 10, scale: 2 }, { kind: "decimal", precision: 12, scale: 4 }, []],
  ])("judges the change of a type from %j to %j", (before, after, expected) => {
    expect(review(typed(before), typed(after))).toEqual(expected);
  });

  it("tells where rows can stand in the way", () => {
    const reference = column("user_id", { kind: "uuid" });
    const after = tableOf("things", [reference], {
      indexes: [indexOf("things", ["user_id"], true)],
      foreignKeys: [foreignKeyTo("users", "things", "user_id")],
    });
    expect(review(things(reference), after)).toEqual([
      "notice migration.key.added",
      "notice migration.foreign_key.added",
    ]);
    expect(review(things(), after)).toEqual([]);
  });

  it("tells what happens and what to do, by name", () => {
    expect(reviewOperations([{ kind: "dropColumn", table: "things", column: column("a") }])).toEqual([
      {
        code: "migration.column.dropped",
        message: `The column "a" of "things" is deleted with all of its values.`,
        hint: "Rolling back makes the column again, but not its values: save them first if they count.",
        severity: "warning",
      },
    ]);
  });

  it.each<[string, readonly string[]]>([
    ["renameTable", ["notice migration.renamed"]],
    ["renameColumn", ["notice migration.renamed"]],
    ["fillColumn", ["notice migration.column.filled"]],
    ["addCheck", ["notice migration.check.added"]],
    ["addEnumValues", ["notice migration.enum.extended"]],
    ["replaceEnum", ["warning migration.enum.narrowed"]],
    ["dropColumn", []],
  ])("tells of each kind what it does to rows and programs: %s (case 59)", (kind, expected) => {
    const operation = told.find((candidate) => candidate.kind === kind);
    const reviews = reviewOperations(operation ? [operation] : []);
    expect(reviews.map(({ severity, code }) => `${severity} ${code}`)).toEqual(expected);
  });

  const fill = (table: string, name: string): Operation => ({
    kind: "fillColumn",
    table,
    column: name,
    sql: "0",
  });
  const addKey: Operation = {
    kind: "addPrimaryKey",
    table: "things",
    primaryKey: { name: "key", columns: ["a"] },
  };
  const unique = indexOf("things", ["a"], true);
  const addUnique: Operation = { kind: "addIndex", table: "things", index: unique };
  const addReference: Operation = {
    kind: "addForeignKey",
    table: "things",
    foreignKey: foreignKeyTo("users", "things", "a"),
  };
  const add = (given: Partial<ColumnSnapshot> = {}): Operation => ({
    kind: "addColumn",
    table: "things",
    column: { ...column("a"), ...given },
  });
  const require: Operation = {
    kind: "alterColumn",
    table: "things",
    before: column("a"),
    after: { ...column("a"), nullable: false },
  };
  const replace = (after: readonly string[], uses: readonly string[]): Operation => ({
    kind: "replaceEnum",
    before: mood("a", "b"),
    after: mood(...after),
    uses: uses.map((name) => ({ table: "things", column: column(name) })),
  });

  it.each<[string, readonly Operation[], readonly string[]]>([
    ["a key that is new", [addKey], ["notice migration.key.added"]],
    [
      "a key that is another",
      [{ ...addKey, kind: "dropPrimaryKey", table: "users" }, addKey],
      ["notice migration.key.added"],
    ],
    ["a key that comes back", [{ ...addKey, kind: "dropPrimaryKey" }, addKey], []],
    ["an index that is not unique", [{ ...addUnique, index: indexOf("things", ["a"]) }], []],
    ["a unique index over a column without values", [add(), addUnique], []],
    [
      "a unique index over a column with a default",
      [add({ default: { kind: "now" } }), addUnique],
      ["notice migration.key.added"],
    ],
    [
      "a unique index over a column that is worked out",
      [add({ generatedAs: "1" }), addUnique],
      ["notice migration.key.added"],
    ],
    [
      "a unique index over a column that is filled in",
      [add(), fill("things", "a"), addUnique],
      ["notice migration.column.filled", "notice migration.key.added"],
    ],
    [
      "a unique index over one such column of two",
      [add(), { ...addUnique, index: indexOf("things", ["b", "a"], true) }],
      [],
    ],
    [
      "a unique index over an expression",
      [add(), { ...addUnique, index: { ...unique, columns: [{ sql: "a" }] } }],
      ["notice migration.key.added"],
    ],
    [
      "a reference that comes back on another table",
      [{ ...addReference, kind: "dropForeignKey", table: "users" }, addReference],
      ["notice migration.foreign_key.added"],
    ],
    [
      "a required column that is filled in",
      [fill("things", "a"), require],
      ["notice migration.column.filled"],
    ],
    [
      "a required column beside one that is filled in",
      [fill("things", "b"), require],
      ["notice migration.column.filled", "warning migration.column.required"],
    ],
    [
      "a required column of a table beside",
      [fill("users", "a"), require],
      ["notice migration.column.filled", "warning migration.column.required"],
    ],
    ["a column that was required before", [{ ...require, before: { ...column("a"), nullable: false } }], []],
    ["words that no column can hold", [replace(["a"], [])], []],
    ["a type that loses no words", [replace(["b", "a"], ["a"])], []],
    [
      "a type that fits every value",
      [{ ...require, before: column("a", { kind: "integer" }), after: column("a") }],
      ["notice migration.column.type"],
    ],
    [
      "a type that is worked out by SQL",
      [{ ...require, after: column("a", { kind: "integer" }), using: "1" }],
      ["notice migration.column.type"],
    ],
  ])("says what there is to say of %s", (_, operations, said) => {
    expect(reviewOperations(operations).map(({ severity, code }) => `${severity} ${code}`)).toEqual(said);
  });

  it("names columns and expressions, and what rolling back cannot do", () => {
    const index = { ...unique, columns: ["a", { sql: "lower(b)" }] };
    expect(
      reviewOperations([
        { ...addUnique, index },
        { kind: "dropColumn", table: "things", column: { ...column("a"), nullable: false } },
        { ...require, before: column("a", { kind: "integer" }), after: column("a") },
        { ...require, after: column("a", { kind: "integer" }) },
      ]).flatMap(({ message, hint }) => [message, hint]),
    ).toEqual([
      '"a" with (lower(b)) becomes unique in "things".',
      "The migration fails where two rows hold the same values.",
      'The column "a" of "things" is deleted with all of its values.',
      "Rolling back fails once the table has rows, since the column was required: save its values first.",
      'The column "a" of "things" changes from integer to text.',
      "Rolling back fails, or changes values, where one does not fit the old type.",
      'The column "a" of "things" changes from text to integer.',
      "The migration fails where a value cannot be read as the new type; rolling back may not give back the old values.",
    ]);
  });

  it("says nothing of what only comes back, or is filled in", () => {
    const check = { name: "c", sql: "a > 0" };
    const index = indexOf("things", ["a"], true);
    const foreignKey = foreignKeyTo("users", "things", "a");
    expect(
      reviewOperations([
        { kind: "dropCheck", table: "things", check },
        { kind: "dropIndex", table: "things", index },
        { kind: "dropForeignKey", table: "things", foreignKey },
        { kind: "addForeignKey", table: "things", foreignKey: { ...foreignKey, onDelete: "restrict" } },
        { kind: "addIndex", table: "things", index },
        { kind: "addCheck", table: "things", check },
      ]),
    ).toEqual([]);
    const [before, after] = [column("a"), column("a", { kind: "text" }, { nullable: false })];
    expect(
      reviewOperations([
        { kind: "fillColumn", table: "things", column: "a", sql: "0" },
        { kind: "alterColumn", table: "things", before, after },
      ]).map(({ code }) => code),
    ).toEqual(["migration.column.filled"]);
  });
});
