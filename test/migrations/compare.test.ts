import { describe, expect, it } from "vitest";
import { adoptSqlTexts, hasSqlTexts } from "../../src/migrations/adopt-sql-texts.js";
import { compareSchemas } from "../../src/migrations/compare.js";
import { canonicalType, normalizeSql } from "../../src/migrations/compare-sql.js";
import type {
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";
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

const withoutKey = ({ primaryKey: _, ...table }: TableSnapshot): TableSnapshot => table;
const withDefault = (type: ColumnSnapshot["type"], value: ColumnDefault): ColumnSnapshot =>
  column("age", type, { default: value });
const literal = (type: ColumnSnapshot["type"], value: Extract<ColumnDefault, { kind: "value" }>["value"]) =>
  withDefault(type, { kind: "value", value });

/** What is said of two defaults, the one that should be and the one that is. */
const defaults: readonly (readonly [string, ColumnSnapshot, ColumnSnapshot])[] = [
  [
    "now()+'1 d', not now()",
    withDefault({ kind: "datetime" }, { kind: "sql", sql: "now()" }),
    withDefault({ kind: "datetime" }, { kind: "sql", sql: "(now() + '1 d')" }),
  ],
  [
    "identity, not identity always",
    withDefault({ kind: "bigint" }, { kind: "identity", always: true }),
    withDefault({ kind: "bigint" }, { kind: "identity", always: false }),
  ],
  [
    "uuid, not increment",
    withDefault({ kind: "integer" }, { kind: "increment" }),
    withDefault({ kind: "integer" }, { kind: "uuid" }),
  ],
  ["null, not 0", literal({ kind: "integer" }, 0), literal({ kind: "integer" }, null)],
  ["100, not 10", literal({ kind: "float" }, 10), literal({ kind: "float" }, 100)],
  ['"1.50", not "1.5"', literal({ kind: "text" }, "1.5"), literal({ kind: "text" }, "1.50")],
  [
    "[1, 3], not [1, 2]",
    literal({ kind: "array", of: { kind: "bigint" } }, [1, 2]),
    literal({ kind: "array", of: { kind: "bigint" } }, [1, 3]),
  ],
  ['["a"], not []', literal({ kind: "json" }, []), literal({ kind: "json" }, ["a"])],
  ["soon, not never", literal({ kind: "datetime" }, "never"), literal({ kind: "datetime" }, "soon")],
];

const indexes: readonly (readonly [string, Partial<IndexSnapshot>, Partial<IndexSnapshot>])[] = [
  ["condition is none, not age>0", { where: "age > 0" }, {}],
  ["method is btree, not gin", { method: "gin" }, {}],
  ['included columns is none, not "id"', { include: ["id"] }, {}],
  ["treatment of nulls is none, not not distinct", { nullsNotDistinct: true }, {}],
  ["kind is a constraint, not an index", {}, { constraint: true }],
  ['columns is "age", not lower(age)', { columns: [{ sql: "LOWER(age)" }] }, {}],
];

const foreignKeys: readonly (readonly [string, Partial<ForeignKeySnapshot>, Partial<ForeignKeySnapshot>])[] =
  [
    ["on update is no action, not cascade", { onUpdate: "cascade" }, {}],
    ["deferral is none, not initially deferred", { deferrable: "initially deferred" }, {}],
    [
      'destination is "hens" ("id"), not "eggs" ("a", "b")',
      { references: { table: "eggs", columns: ["a", "b"] } },
      {},
    ],
  ];

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
      'The expression of the column "age" of "users" is 1+1, not 1+1 (virtual).',
      users({ ...age, generatedAs: "1 + 1", virtual: true }),
      users({ ...age, generatedAs: "1 + 1" }),
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
    ['The primary key "users_pkey" of "users" is missing.', users(age), withoutKey(users(age))],
    [
      'The comment of the table "users" is Nobody, not Somebody.',
      users(age, { comment: "Somebody" }),
      users(age, { comment: "Nobody" }),
    ],
    [
      'The type of the column "age" of "users" is numeric, not numeric(10,2).',
      users(column("age", { kind: "decimal", precision: 10, scale: 2 })),
      users(column("age", { kind: "decimal" })),
    ],
    [
      'The type of the column "age" of "users" is integer, not smallint.',
      users({ ...age, type: { kind: "integer", databaseType: "int2" } }),
      users(age),
    ],
    [
      'The words of the column "age" of "users" is "a", not "a", "b".',
      users(column("age", { kind: "array", of: { kind: "enum", values: ["a", "b"] } })),
      users(column("age", { kind: "array", of: { kind: "enum", values: ["a"] } })),
    ],
    ...defaults.map(([said, one, other]): [string, TableSnapshot, TableSnapshot] => [
      `The default of the column "age" of "users" is ${said}.`,
      users(one),
      users(other),
    ]),
    ...indexes.map(([said, one, other]): [string, TableSnapshot, TableSnapshot] => [
      `The ${said.replace(" is", ' of the index "users_age_index" of "users" is')}.`,
      users(age, { indexes: [{ ...indexOf("users", ["age"]), ...one }] }),
      users(age, { indexes: [{ ...indexOf("users", ["age"]), ...other }] }),
    ]),
    ...foreignKeys.map(([said, one, other]): [string, TableSnapshot, TableSnapshot] => [
      `The ${said.replace(" is", ' of the foreign key "users_age_fkey" of "users" is')}.`,
      users(age, { foreignKeys: [{ ...foreignKeyTo("hens", "users", "age"), ...one }] }),
      users(age, { foreignKeys: [{ ...foreignKeyTo("hens", "users", "age"), ...other }] }),
    ]),
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
    [
      "json with its keys in another order",
      literal({ kind: "json" }, { a: 1, b: 2 }),
      literal({ kind: "json" }, { b: 2, a: 1 }),
    ],
    [
      "two spellings of a moment",
      literal({ kind: "datetime" }, "2026-11-23T00:00:00Z"),
      literal({ kind: "datetime" }, "2026-11-23T01:00:00.000+01:00"),
    ],
    ["a number and its digits", literal({ kind: "bigint" }, 7), literal({ kind: "bigint" }, "7")],
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
    [
      "numbers of its own and SQL's own numbering",
      withDefault({ kind: "bigint" }, { kind: "increment" }),
      withDefault({ kind: "integer" }, { kind: "identity", always: false }),
    ],
    [
      "the words of the items of an array",
      column("a", { kind: "array", of: { kind: "enum", values: ["a"] } }),
      column("a", { kind: "array", of: { kind: "enum", values: ["b"] } }),
    ],
  ])("takes %s for the same on SQLite, which does not tell them apart", (_, one, other) => {
    expect(compare(users(one), users(other), "sqlite")).toEqual([]);
    expect(compare(users(one), users(other), "postgres")).not.toEqual([]);
  });

  it("knows what SQLite does not keep: a table's comment, the name of the key that numbers the rows", () => {
    const counted = column("n", { kind: "integer" }, { default: { kind: "increment" } });
    const named = (name: string, of: ColumnSnapshot) =>
      users(of, { comment: name, primaryKey: { name, columns: [of.name] } });
    expect(compare(named("a", counted), named("b", counted), "sqlite")).toEqual([]);
    expect(compare(named("a", age), named("b", age), "sqlite")).toEqual([
      'The name of the primary key "a" of "users" is "b", not "a".',
    ]);
    expect(compare(named("a", counted), named("b", counted))).toHaveLength(2);
    expect(compare(users({ ...age, comment: "In years" }), users(age))).toHaveLength(1);
  });

  it("gives what should be and what is, each where it is there", () => {
    const required = users({ ...age, nullable: false });
    expect(compareSchemas(snapshotOf(required), snapshotOf(tableOf("users")))).toEqual([
      {
        table: "users",
        what: "column age",
        expected: "integer, not null",
        message: 'The column "age" of "users" is missing.',
      },
    ]);
    expect(compareSchemas(snapshotOf(tableOf("users")), snapshotOf(required))[0]).toMatchObject({
      what: "column age",
      actual: "integer, not null",
    });
    expect(compareSchemas(snapshotOf(users(age)), snapshotOf({ ...required, comment: "Who" }))).toMatchObject(
      [
        { what: "table", expected: "", actual: "Who" },
        { what: "column age", expected: "nullable", actual: "not null" },
      ],
    );
  });
});

describe("adoptSqlTexts", () => {
  const typed = (type: ColumnSnapshot["type"]) => column("age", type);
  const freely = { kind: "text", databaseType: "odd  domain" } as const;
  const other = { kind: "text", databaseType: "Odd Domain" } as const;
  const isOld = { name: "users_age_check", sql: "age in ('a')" };
  const where = { ...indexOf("users", ["age"]), columns: [{ sql: "lower(age)" }], where: "age>0" };

  it.each<[string, TableSnapshot, TableSnapshot, TableSnapshot]>([
    ["a type that databases call otherwise", users(typed(freely)), users(typed(other)), users(typed(other))],
    [
      "such a type in an array",
      users(typed({ kind: "array", of: freely })),
      users(typed({ kind: "array", of: other })),
      users(typed({ kind: "array", of: other })),
    ],
    [
      "a default in SQL",
      users({ ...age, default: { kind: "sql", sql: "1+1" } }),
      users({ ...age, default: { kind: "value", value: 2 } }),
      users({ ...age, default: { kind: "value", value: 2 } }),
    ],
    [
      "a default that came back as SQL",
      users({ ...age, default: { kind: "value", value: 2 } }),
      users({ ...age, default: { kind: "sql", sql: "'2'::int" } }),
      users({ ...age, default: { kind: "sql", sql: "'2'::int" } }),
    ],
    [
      "but no default where there is to be none",
      users(age),
      users({ ...age, default: { kind: "sql", sql: "2" } }),
      users(age),
    ],
    [
      "but no default that is another",
      users({ ...age, default: { kind: "value", value: 2 } }),
      users({ ...age, default: { kind: "value", value: 3 } }),
      users({ ...age, default: { kind: "value", value: 2 } }),
    ],
    [
      "a check that was read back as the words of its column",
      users(typed({ kind: "text" }), { checks: [isOld] }),
      users(typed({ kind: "enum", values: ["a"] })),
      users(typed({ kind: "enum", values: ["a"] })),
    ],
    [
      "but no check that is not there",
      users(age, { checks: [isOld] }),
      users(age),
      users(age, { checks: [isOld] }),
    ],
    [
      "the SQL of an index",
      users(age, { indexes: [where] }),
      users(age, { indexes: [{ ...where, columns: [{ sql: "lower(age::text)" }], where: "(age > 0)" }] }),
      users(age, { indexes: [{ ...where, columns: [{ sql: "lower(age::text)" }], where: "(age > 0)" }] }),
    ],
    [
      "but no condition where there is to be none, nor other columns",
      users(age, { indexes: [indexOf("users", ["age"])] }),
      users(age, { indexes: [{ ...indexOf("users", ["age"]), columns: ["id"], where: "age > 0" }] }),
      users(age, { indexes: [indexOf("users", ["age"])] }),
    ],
    [
      "nothing of what is not there",
      users(age, { indexes: [where] }),
      tableOf("users"),
      users(age, { indexes: [where] }),
    ],
  ])("takes %s", (_, snapshot, built, adopted) => {
    expect(adoptSqlTexts(snapshotOf(snapshot), snapshotOf(built))).toEqual(snapshotOf(adopted));
  });

  it("leaves a table that was not built", () => {
    expect(adoptSqlTexts(snapshotOf(users(age)), new Map())).toEqual(snapshotOf(users(age)));
  });

  it.each<[boolean, string, TableSnapshot]>([
    [false, "plain columns and keys", users(age, { indexes: [indexOf("users", ["age"])] })],
    [true, "a check", users(age, { checks: [isOld] })],
    [true, "a default in SQL", users({ ...age, default: { kind: "sql", sql: "1" } })],
    [true, "a literal default", users({ ...age, default: { kind: "value", value: 1 } })],
    [true, "a generated column", users({ ...age, generatedAs: "1" })],
    [true, "a type of the database's own", users(typed(freely))],
    [true, "an array of such a type", users(typed({ kind: "array", of: freely }))],
    [false, "an array of a type that is known", users(typed({ kind: "array", of: { kind: "text" } }))],
    [true, "a partial index", users(age, { indexes: [{ ...indexOf("users", ["age"]), where: "true" }] })],
    [
      true,
      "an index over an expression",
      users(age, { indexes: [{ ...indexOf("users", ["age"]), columns: where.columns }] }),
    ],
  ])("is needed (%s) for %s", (isNeeded, _, table) => {
    expect(hasSqlTexts(snapshotOf(tableOf("eggs"), table))).toBe(isNeeded);
  });

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
  ["`age` > [id]", "age>id"],
  ["`Odd Name` > 0", '"Odd Name">0'],
  ["((a or b))", "a or b"],
])("the SQL %s is normalized", (sql, expected) => {
  expect(normalizeSql(sql)).toBe(expected);
});

it.each([
  ["TIMESTAMP(3)", "timestamp(3) without time zone"],
  [" varchar ", "character varying"],
  ["varchar (20) []", "character varying(20)[]"],
  ["decimal(10, 2)", "numeric(10,2)"],
  ['"Odd Domain"', '"Odd Domain"'],
  ["Citext", "citext"],
])("the type %s is known as %s", (sql, expected) => {
  expect(canonicalType(sql)).toBe(expected);
});
