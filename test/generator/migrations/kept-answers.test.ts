import { describe, expect, it } from "vitest";
import {
  followAnswers,
  parseAnswers,
  readAnswersFrom,
  selectRenames,
  serializeAnswers,
} from "../../../src/generator/migrations/kept-answers.js";
import type { Operation } from "../../../src/migrations/operation.js";
import { type MigrationAnswers, noAnswers, planMigration } from "../../../src/migrations/plan-migration.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import { column, indexOf, snapshotOf, tableOf } from "../../migrations/tables.js";

const required = (name: string) => ({ ...column(name), nullable: false });
const rename = (table: string, from: string, to: string) => ({ table, from, to });

function answers(given: Partial<MigrationAnswers>): MigrationAnswers {
  return { ...noAnswers, ...given };
}

describe("the answers that steps tell of", () => {
  const alter: Operation = { kind: "alterColumn", table: "users", before: column("a"), after: required("a") };
  it.each<[string, Operation, Partial<MigrationAnswers>]>([
    [
      "another name of a table",
      { kind: "renameTable", from: "a", to: "b" },
      { renames: { tables: [{ from: "a", to: "b" }], columns: [] } },
    ],
    [
      "another name of a column",
      { kind: "renameColumn", table: "users", from: "a", to: "b" },
      { renames: { tables: [], columns: [rename("users", "a", "b")] } },
    ],
    [
      "a table that goes",
      { kind: "dropTable", table: { ...tableOf("users"), schema: "sales" } },
      { dropped: ["sales.users"], allowed: ["sales.users"] },
    ],
    [
      "a column that goes",
      { kind: "dropColumn", table: "users", column: column("a") },
      { dropped: ["users.a"], allowed: ["users.a"] },
    ],
    [
      "an index that comes",
      { kind: "addIndex", table: "users", index: indexOf("users", ["a"], true) },
      { allowed: ["users.users_a_index"] },
    ],
    [
      "SQL that fills a column",
      { kind: "fillColumn", table: "users", column: "a", sql: "0" },
      { fills: new Map([["users.a", "0"]]) },
    ],
    ["another type", alter, { allowed: ["users.a"] }],
    [
      "another type by SQL",
      { ...alter, using: "a::int" },
      { allowed: ["users.a"], casts: new Map([["users.a", "a::int"]]) },
    ],
    [
      "words that go, and what becomes of them",
      {
        kind: "replaceEnum",
        ...{ before: { name: "mood", values: ["a", "b"] }, after: { name: "mood", values: ["a"] } },
        ...{ uses: [{ table: "users", column: column("a") }], using: { "users.a": "'a'" } },
      },
      { allowed: ["mood"], casts: new Map([["users.a", "'a'"]]) },
    ],
    ["what needs none", { kind: "addColumn", table: "users", column: column("a") }, {}],
  ])("are those to %s", (_, operation, told) => {
    expect(readAnswersFrom([operation])).toEqual(answers(told));
  });
});

/** What is still withheld or asked when two steps of one change are made as one, with the answers to both. */
function fold(
  before: Snapshot,
  after: Snapshot,
  [earlier, later]: readonly [MigrationAnswers, MigrationAnswers],
) {
  const folded = followAnswers(earlier, later);
  const { withheld, questions } = planMigration({ before, after, answers: folded, database: "postgres" });
  return [...withheld.map(({ reason }) => reason), ...questions.map(({ from }) => from)];
}

describe("answers that follow on others", () => {
  const toPeople = answers({ renames: { tables: [{ from: "users", to: "people" }], columns: [] } });
  const toYears = answers({ renames: { tables: [], columns: [rename("users", "age", "years")] } });
  const filled = answers({ fills: new Map([["users.age", "'0'"]]) });
  const dropped = answers({ dropped: ["users.nick"], allowed: ["users.nick"] });
  const cast = answers({ casts: new Map([["users.age", "1"]]), allowed: ["users.age"] });
  const number = { kind: "integer" } as const;

  it.each<[string, Snapshot, Snapshot, readonly [MigrationAnswers, MigrationAnswers]]>([
    [
      "a column is filled in, and renamed",
      snapshotOf(tableOf("users")),
      snapshotOf(tableOf("users", [required("years")])),
      [filled, toYears],
    ],
    [
      "a column is filled in, and its table renamed",
      snapshotOf(tableOf("users")),
      snapshotOf(tableOf("people", [required("age")])),
      [filled, toPeople],
    ],
    [
      "a column is of another type, and renamed",
      snapshotOf(tableOf("users", [column("age")])),
      snapshotOf(tableOf("users", [column("years", number)])),
      [cast, toYears],
    ],
    [
      "a column goes, and its table is renamed",
      snapshotOf(tableOf("users", [column("nick")])),
      snapshotOf(tableOf("people", [column("name")])),
      [dropped, toPeople],
    ],
    [
      "a column is renamed, and goes",
      snapshotOf(tableOf("users", [column("age")])),
      snapshotOf(tableOf("users", [column("name")])),
      [toYears, answers({ dropped: ["users.years"], allowed: ["users.years"] })],
    ],
    [
      "a table is renamed, and goes",
      snapshotOf(tableOf("users", [column("age")])),
      snapshotOf(tableOf("folk", [column("age")])),
      [toPeople, answers({ dropped: ["people"], allowed: ["people"] })],
    ],
    [
      "a table is renamed, and a column of it filled in",
      snapshotOf(tableOf("users")),
      snapshotOf(tableOf("people", [required("age")])),
      [toPeople, answers({ fills: new Map([["people.age", "'0'"]]) })],
    ],
  ])("are asked for no more where %s", (_, before, after, both) => {
    expect(fold(before, after, both)).toEqual([]);
    expect(fold(before, after, [noAnswers, noAnswers])).not.toEqual([]);
  });

  it.each([
    ["one name after the other", ["a", "b"], ["b", "c"], [rename("users", "a", "c")]],
    ["a name and its first again", ["a", "b"], ["b", "a"], []],
    ["two names", ["a", "b"], ["c", "d"], [rename("users", "a", "b"), rename("users", "c", "d")]],
  ] as const)("make one rename of %s", (_, [from, to], [next, last], columns) => {
    const [earlier, later] = [[rename("users", from, to)], [rename("users", next, last)]].map((each) =>
      answers({ renames: { tables: [], columns: each } }),
    );
    const { renames } = followAnswers(earlier ?? noAnswers, later ?? noAnswers);
    expect(renames.columns).toEqual(columns);
  });

  it("tell columns of one table from those of another, and follow their table", () => {
    const renames = (
      tables: MigrationAnswers["renames"]["tables"],
      columns: MigrationAnswers["renames"]["columns"],
    ) => answers({ renames: { tables, columns } });
    const earlier = renames([{ from: "a", to: "b" }], [rename("b", "x", "y"), rename("c", "x", "y")]);
    const later = renames([{ from: "b", to: "d" }], [rename("d", "y", "z")]);
    expect(followAnswers(earlier, later).renames).toEqual({
      tables: [{ from: "a", to: "d" }],
      columns: [rename("d", "x", "z"), rename("c", "x", "y")],
    });
  });
});

it("selects the renames that lead from one schema to the other", () => {
  const before = snapshotOf(tableOf("users", [column("age"), column("nick")]), tableOf("hens"));
  const after = snapshotOf(tableOf("people", [column("years"), column("nick")]), tableOf("ducks"));
  const kept = { tables: [{ from: "users", to: "people" }], columns: [rename("people", "age", "years")] };
  const spent = [
    rename("people", "name", "nick"),
    rename("people", "nick", "handle"),
    rename("cows", "age", "years"),
  ];
  const tables = [...kept.tables, { from: "hens", to: "geese" }, { from: "cows", to: "ducks" }];
  expect(selectRenames({ tables, columns: [...kept.columns, ...spent] }, before, after)).toEqual(kept);
});

describe("answers in a history", () => {
  it("are read as they were written", () => {
    const all = answers({
      renames: { tables: [{ from: "a", to: "b" }], columns: [rename("b", "x", "y")] },
      dropped: ["c"],
      allowed: ["d"],
      fills: new Map([["b.y", "0"]]),
      casts: new Map([["b.z", "1"]]),
    });
    expect(parseAnswers(JSON.parse(JSON.stringify(serializeAnswers(all))))).toEqual(all);
  });

  it.each([
    undefined,
    [],
    { renamedTables: {}, renamedColumns: "no", dropped: "no", allowed: {}, fills: [], casts: "no" },
    {
      renamedTables: [1, { from: "a" }, { to: "b" }, { from: 1, to: "b" }],
      renamedColumns: [
        { table: "a", from: "b" },
        { table: "a", to: "b" },
        { from: "a", to: "b" },
      ],
      dropped: [1],
      allowed: [{}],
      fills: { a: 1 },
      casts: { a: null },
    },
  ])("are none where they cannot be read: %j", (value) => {
    expect(parseAnswers(value)).toEqual(noAnswers);
  });
});
