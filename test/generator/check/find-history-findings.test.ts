import { expect, test } from "vitest";
import { findConflictMarkers } from "../../../src/generator/check/find-conflict-markers.js";
import { findHistoryFindings } from "../../../src/generator/check/find-history-findings.js";
import { createMemoryTree } from "../../../src/testing/memory-tree.js";
import type { TableSnapshot } from "../../../src/migrations/snapshot.js";
import { snapshotOf, tableOf } from "../../migrations/tables.js";
import { historyOf, projectFiles, users, type Step } from "../migrated-project.js";

const create: Step = ["1_create_users", [null, users()]];
const addName: Step = ["2_add_name", [users(), users("name")]];

function find(steps: readonly Step[], tables: readonly TableSnapshot[], gone: readonly string[] = []) {
  const names = ["0_by_hand", ...steps.map(([name]) => name)].filter((name) => !gone.includes(name));
  return findHistoryFindings({
    histories: steps.map(historyOf),
    fileNames: names.map((name) => `${name}.ts`),
    snapshot: snapshotOf(...tables),
    migrations: "migrations",
  });
}

function codesOf(...given: Parameters<typeof find>): readonly string[] {
  const { problems, notices } = find(...given);
  return [...problems, ...notices].map(({ code }) => code);
}

test.each<[string, readonly Step[], readonly TableSnapshot[]]>([
  ["no history at all", [], [users("name")]],
  ["one migration after the other", [create, addName], [users("name")]],
  ["a table that was dropped", [create, ["2_drop", [users(), null]]], []],
  [
    "one that came back",
    [create, ["2_drop", [users(), null]], ["3_again", [null, users("name")]]],
    [users("name")],
  ],
  [
    "a change that was taken back by another, and made anew",
    [create, addName, ["3_drop_name", [users("name"), users()]], ["4_name", [users(), users("name")]]],
    [users("name")],
  ],
  ["tables beside each other", [create, ["2_tasks", [null, tableOf("tasks")]]], [users(), tableOf("tasks")]],
])("nothing is wrong with %s", (_name, steps, tables) => {
  expect(codesOf(steps, tables)).toEqual([]);
});

test("a snapshot that no migration left so was edited, or came without its migration", () => {
  const { problems } = find([create, addName], [users("name", "fax")]);
  expect(problems).toMatchObject([
    {
      code: "check.snapshot.edited",
      message:
        '"migrations/snapshot/users.json" is not as the migration "2_add_name" left it: it was edited by hand, or came without its migration.',
    },
  ]);
});

test("a snapshot is missing where the last migration left one, and too many where it dropped the table", () => {
  expect(codesOf([create], [])).toEqual(["check.snapshot.missing"]);
  expect(codesOf([create, ["2_drop", [users(), null]]], [users()])).toEqual(["check.snapshot.unexpected"]);
});

test("a history whose migration is gone is named, and a migration by hand needs none", () => {
  const { problems } = find([create, addName], [users("name")], ["1_create_users"]);
  expect(problems.map(({ code }) => code)).toEqual(["check.migration.missing"]);
  expect(problems[0]?.message).toContain('"1_create_users" is gone');
});

const addFax: Step = ["3_add_fax", [users(), users("fax")]];
const renameToPeople: Step = ["2_rename", [users(), null], [null, { ...users(), name: "people" }]];

test.each<[string, TableSnapshot]>([
  ["git took one side", users("fax")],
  ["the merge has something more", users("name", "fax", "pin")],
])("two branches that changed one table are both named where %s", (_name, table) => {
  const { problems } = find([create, addName, addFax], [table]);
  expect(problems.map(({ code }) => code)).toEqual(["check.branches"]);
  expect(problems[0]?.message).toContain('"2_add_name" and "3_add_fax" both change the table "users"');
});

test("branches that each added something of their own fit together, also where one went on after the other", () => {
  const addAge: Step = ["4_add_age", [users("name"), users("name", "age")]];
  expect(codesOf([create, addName, addFax], [users("name", "fax")])).toEqual([]);
  expect(codesOf([create, addName, addFax, addAge], [users("name", "fax", "age")])).toEqual([]);
});

test.each<[string, Step, TableSnapshot]>([
  ["added the same", ["3_name_too", [users(), users("name")]], users("name")],
  ["took something away", ["3_drop_id", [users(), { ...users(), columns: [] }]], tableOf("users")],
])("branches of which one %s are named", (_name, step, table) => {
  expect(codesOf([create, addName, step], [table])).toEqual(["check.branches"]);
});

test("either of two branches may be the one to take back, so both are named", () => {
  const { problems } = find([create, addName, addFax], [users("fax")]);
  expect(problems[0]?.hint).toBe(
    "Take back the one that only your databases have run, npx ashlar undo migration 3_add_fax --rollback or " +
      "npx ashlar undo migration 2_add_name --rollback, then make it anew after the other: npx ashlar gen migrations. " +
      "Where others have run both, see whether they fit together as they are: npx ashlar check --prove",
  );
});

test("where one branch drops the table, it is asked whether it is to go, so that no rows are lost by the way", () => {
  const [first] = find([create, ["2_drop", [users(), null]], addFax], [users("fax")]).problems;
  expect(first?.message).toContain('"2_drop" drops the table "users", and "3_add_fax" changes it');
  expect(first?.hint).toBe(
    "If the table is to go, delete its resource and take the change back: npx ashlar undo migration 3_add_fax --rollback. " +
      "If it is to stay, take the drop back: npx ashlar undo migration 2_drop --rollback",
  );
  const [later] = find([create, addName, ["3_drop", [users(), null]]], [users("name")]).problems;
  expect(later?.message).toContain('"3_drop" drops the table "users", and "2_add_name" changes it');
});

test("a table that one branch renames is told as renamed, and what git merged into its new file is not told beside it", () => {
  const people = { ...users("fax"), name: "people" };
  const { problems } = find([create, renameToPeople, addFax], [people]);
  expect(problems.map(({ code }) => code)).toEqual(["check.branches"]);
  expect(problems[0]?.message).toBe(
    'The migrations "2_rename" and "3_add_fax" both change the table "users" as it was before either: ' +
      'two branches made them apart from each other. "2_rename" calls it "people".',
  );
});

test("the whole of each branch counts: the first of either is named", () => {
  const steps: readonly Step[] = [
    create,
    addName,
    ["3_add_fax", [users("name"), users("name", "fax")]],
    ["4_add_age", [users(), users("age")]],
    ["5_add_pin", [users("age"), users("age", "pin")]],
  ];
  const { problems } = find(steps, [users("age", "pin")]);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('"2_add_name" and "4_add_age" both change'),
  ]);
});

test("branches that both made a table are two too", () => {
  expect(codesOf([create, ["2_create_users", [null, users("name")]]], [users("name")])).toEqual([
    "check.branches",
  ]);
});

test("a merge by hand that somebody went on from settles what lies before", () => {
  const steps: readonly Step[] = [
    create,
    addName,
    ["3_add_fax", [users(), users("fax")]],
    ["4_add_age", [users("name", "tel"), users("name", "tel", "age")]],
  ];
  expect(codesOf(steps, [users("name", "tel", "age")])).toEqual(["check.history.gap"]);
  expect(codesOf(steps, [users("name")])).toEqual(["check.snapshot.edited", "check.history.gap"]);
});

test("a merge that was not finished is shown where it is", () => {
  const text = '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> theirs\n}\n';
  const files = createMemoryTree(
    new Map([
      ["migrations/snapshot/users.json", text],
      ["migrations/1_a.ts", "// ======= and <<<<<<< in the middle of a line\n"],
    ]),
  );
  expect(findConflictMarkers(files, "migrations")).toMatchObject([
    {
      ...{ code: "check.conflict", hint: "Finish the merge, then see what is left: npx ashlar check" },
      location: { path: "migrations/snapshot/users.json", line: 2, column: 1 },
    },
  ]);
});

test("of a snapshot in the middle of a merge the two migrations are named, as far as histories tell", () => {
  const text = '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> theirs\n}\n';
  const files = projectFiles([create, addName, addFax]).set("migrations/snapshot/users.json", text);
  const [problem] = findConflictMarkers(createMemoryTree(files), "migrations");
  expect(problem?.hint).toContain(
    "npx ashlar undo migration 3_add_fax --rollback or npx ashlar undo migration 2_add_name --rollback",
  );
});
