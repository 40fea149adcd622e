import { describe, expect, test } from "vitest";
import { findGenerated } from "../../../src/generator/undo/find-generated.js";
import { planUndo } from "../../../src/generator/undo/plan-undo.js";
import type { Plan } from "../../../src/generator/plan.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { tableOf } from "../../migrations/tables.js";
import { contextOf, projectFiles, users, type Step } from "../migrated-project.js";

const tasks = tableOf("tasks");
const create: Step = ["20260101000000_create_users", [null, users()]];
const addName: Step = ["20260102000000_add_name", [users(), users("name")], [null, tasks]];

function plan(files: ReadonlyMap<string, string>, force = false, name?: string): Plan {
  const context = contextOf(files);
  return planUndo(
    { ...findGenerated(context, name), force, command: "npx ashlar undo migration", notices: [] },
    context,
  );
}

/** The files that the plan leaves. */
function apply(files: Map<string, string>, { changes }: Plan): Map<string, string> {
  for (const change of changes) {
    if (change.kind === "delete") files.delete(change.path);
    else if ("after" in change) files.set(change.path, change.after);
  }
  return files;
}

function codesOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return error.problems.map(({ code }) => code);
  }
}

test("the last generated migration, its history and what it did to the snapshots are taken back", () => {
  const files = projectFiles([create, addName]);
  expect(apply(files, plan(files))).toEqual(projectFiles([create]));
  expect(apply(files, plan(files))).toEqual(new Map());
});

test("a table that it dropped has its snapshot again", () => {
  const files = projectFiles([create, ["20260103000000_drop_users", [users(), null]]]);
  expect(apply(files, plan(files))).toEqual(projectFiles([create]));
});

test("several files of one migration go together", () => {
  const files = projectFiles([create]);
  const path = "migrations/snapshot/history/20260101000000_create_users.json";
  const second = "20260101000001_create_users_concurrent.ts";
  const history = files.get(path) ?? "";
  files.set(`migrations/${second}`, "second");
  files.set(path, history.replace('"files": {', `"files": {\n    "${second}": "0",`));
  expect(findGenerated(contextOf(files)).fileNames).toEqual(["20260101000000_create_users.ts", second]);
  expect(apply(files, plan(files, true))).toEqual(new Map());
});

test("what was edited since is named, all of it, and taken back only by force", () => {
  const files = projectFiles([create, addName]);
  files.set("migrations/20260102000000_add_name.ts", "export const mine = 1;\n");
  files.set("migrations/snapshot/users.json", serializeTable(users("name", "mine")));
  files.delete("migrations/snapshot/tasks.json");
  expect(codesOf(() => plan(files))).toEqual([
    "undo.migration.edited",
    "undo.snapshot.edited",
    "undo.snapshot.edited",
  ]);
  expect(apply(files, plan(files, true))).toEqual(projectFiles([create]));
});

test("another layout of migration and snapshot is no edit", () => {
  const files = projectFiles([create]);
  for (const [path, text] of files) {
    if (path.endsWith(".ts")) files.set(path, text.replaceAll(";", "").replaceAll('"', "'"));
    if (path === "migrations/snapshot/users.json") files.set(path, JSON.stringify(JSON.parse(text)));
  }
  expect(apply(files, plan(files))).toEqual(new Map());
});

test("a project without a generated migration has nothing to take back", () => {
  const files = new Map([["migrations/20260101000000_by_hand.ts", "export {};\n"]]);
  expect(codesOf(() => plan(files))).toEqual(["undo.nothing"]);
});

test("a squash is not taken back, since what it replaced is gone", () => {
  const files = projectFiles([create]);
  files.set("migrations/20260101000000_create_users.ts", 'export const replaces = ["a.ts"];\n');
  expect(codesOf(() => plan(files, true))).toEqual(["undo.squashed"]);
});

const addFax: Step = ["20260103000000_add_fax", [users(), users("fax")]];
const snapshot = "migrations/snapshot/users.json";

test.each([
  ["git merged both", serializeTable(users("fax", "name"))],
  ["the other side was taken", serializeTable(users("name"))],
  [
    "the merge was not finished",
    `<<<<<<< HEAD\n${serializeTable(users("fax"))}=======\n${serializeTable(users("name"))}>>>>>>> other\n`,
  ],
])("the later of two branches is taken back from what the other left, where %s", (_name, text) => {
  const files = projectFiles([create, addName, addFax]).set(snapshot, text);
  expect(apply(files, plan(files))).toEqual(projectFiles([create, addName]));
});

test("where the merge does not tell what the other branch left, nothing is taken back", () => {
  const files = projectFiles([create, addName, addFax]);
  expect(codesOf(() => plan(files, true))).toEqual(["undo.branches"]);
});

test("a migration after a merge by hand is taken back to that merge", () => {
  const steps = [create, addName, addFax];
  const merged = projectFiles(steps).set(snapshot, serializeTable(users("fax", "name", "tel")));
  const files = projectFiles([
    ...steps,
    ["20260104000000_add_age", [users("fax", "name", "tel"), users("age")]],
  ]);
  expect(apply(files, plan(files))).toEqual(merged);
});

const addPin: Step = ["20260104000000_add_pin", [users("name"), users("name", "pin")]];
const nameAlone: Step = [addName[0], [users(), users("name")]];

/** The project with this snapshot of users, as a merge left it. */
function merged(steps: readonly Step[], ...columns: readonly string[]): Map<string, string> {
  return projectFiles(steps).set(snapshot, serializeTable(users(...columns)));
}

test("of two branches the named migration is taken back, also the earlier one", () => {
  const files = merged([create, nameAlone, addFax], "name", "fax");
  expect(apply(files, plan(files, false, nameAlone[0]))).toEqual(projectFiles([create, addFax]));
});

test("what the branch of a named migration made of the table after it goes with it", () => {
  const files = merged([create, nameAlone, addFax, addPin], "name", "fax", "pin");
  const { title } = plan(files, false, nameAlone[0]);
  expect(title).toBe("Take back 20260102000000_add_name and 20260104000000_add_pin");
  expect(apply(files, plan(files, false, nameAlone[0]))).toEqual(projectFiles([create, addFax]));
});

test("one that others go on from is not taken back without them where no branch parted", () => {
  const files = projectFiles([create, nameAlone, addPin]);
  expect(codesOf(() => plan(files, false, nameAlone[0]))).toEqual(["undo.followed"]);
  expect(apply(files, plan(files, false, addPin[0]))).toEqual(projectFiles([create, nameAlone]));
});

describe("where one branch renames the table and another changes it", () => {
  const people = { ...users(), name: "people" };
  const rename: Step = ["20260102000000_rename", [users(), null], [null, people]];

  /** Git follows the renamed file, and merges the change into it. */
  function mergeByGit(): Map<string, string> {
    const files = projectFiles([create, rename, addFax]);
    files.delete(snapshot);
    return files.set("migrations/snapshot/people.json", serializeTable({ ...users("fax"), name: "people" }));
  }

  test("the change is taken back, and the renamed table is as the rename left it", () => {
    const files = mergeByGit();
    expect(apply(files, plan(files, false, addFax[0]))).toEqual(projectFiles([create, rename]));
  });

  test("the rename is taken back, and the table has the change under its old name", () => {
    const files = mergeByGit();
    expect(apply(files, plan(files, false, rename[0]))).toEqual(projectFiles([create, addFax]));
  });
});
