import { expect, test } from "vitest";
import { findHistoryFindings } from "../../../src/generator/check/find-history-findings.js";
import { findHistoryPath, readHistories, serializeHistory } from "../../../src/generator/history-store.js";
import { readSnapshots } from "../../../src/generator/snapshot-store.js";
import { planSquash, type SquashRequest } from "../../../src/generator/squash/plan-squash.js";
import { createTemplateSource } from "../../../src/host/templates.js";
import type { MigrationAnswers } from "../../../src/migrations/plan-migration.js";
import { noAnswers } from "../../../src/migrations/plan-migration.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { column, tableOf } from "../../migrations/tables.js";
import { contextOf, historyOf, migrationText, projectFiles, users, type Step } from "../migrated-project.js";

const baseline: Step = ["20260101000000_baseline", [null, users("name", "legacy")]];
const rename: Step = ["20260102000000_rename", [users("name", "legacy"), users("full", "legacy")]];
const drop: Step = ["20260103000000_drop", [users("full", "legacy"), users("full")]];
const add: Step = ["20260104000000_add", [users("full"), users("full", "fax")], [null, tableOf("tasks")]];

/** The files of a project whose first migration is a baseline. */
function createFiles(...steps: readonly Step[]): Map<string, string> {
  const files = projectFiles(steps);
  for (const [name] of steps) if (name.endsWith("_baseline")) makeBaseline(files, name);
  return files;
}

function makeBaseline(files: Map<string, string>, name: string): void {
  files.set(`migrations/${name}.ts`, `export const baseline = ["users"];\n${migrationText(name)}`);
}

/** Says what was answered when a migration was made. */
function answer(files: Map<string, string>, step: Step, answers: Partial<MigrationAnswers>): void {
  const history = { ...historyOf(step), answers: { ...noAnswers, ...answers } };
  files.set(findHistoryPath("migrations", step[0]), serializeHistory(history));
}

const toFull = { renames: { tables: [], columns: [{ table: "users", from: "name", to: "full" }] } };

function plan(files: ReadonlyMap<string, string>, request: Partial<SquashRequest> = {}) {
  return planSquash({ force: false, ...request }, { ...contextOf(files), templates: createTemplateSource() });
}

async function squash(files: Map<string, string>, request: Partial<SquashRequest> = {}) {
  const made = await plan(files, request);
  for (const change of made.plan.changes) {
    if (change.kind === "delete") files.delete(change.path);
    else if ("after" in change) files.set(change.path, change.after);
  }
  return made;
}

function listMigrations(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files.keys()].flatMap((path) => /^migrations\/([^/]+)\.ts$/.exec(path)?.[1] ?? []).sort();
}

async function findProblems(files: ReadonlyMap<string, string>, request: Partial<SquashRequest> = {}) {
  try {
    await plan(files, request);
    return [];
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return error.problems;
  }
}

test("what came after a baseline becomes one migration behind it, and the histories still fit", async () => {
  const files = createFiles(baseline, rename, drop, add);
  answer(files, rename, toFull);
  answer(files, drop, { dropped: ["users.legacy"] });
  const before = files.get("migrations/20260101000000_baseline.ts");
  const { file, plan: made } = await squash(files);
  expect(listMigrations(files)).toEqual(["20260101000000_baseline", "20260104000000_squashed"]);
  expect(files.get("migrations/20260101000000_baseline.ts")).toBe(before);
  expect(file.text).toContain('table.renameColumn("name", "full")');
  expect(file.text).toContain('table.dropColumn("legacy")');
  expect(file.text).toContain('createTable("tasks"');
  expect(file.text).not.toContain('createTable("users"');
  expect(file.text).not.toContain("baseline");
  expect(made.notices.map(({ code }) => code)).toEqual(["squash.baseline", "squash.others"]);
  const context = contextOf(files);
  const found = findHistoryFindings({
    histories: readHistories(context.files, "migrations"),
    fileNames: listMigrations(files).map((name) => `${name}.ts`),
    ...{ snapshot: readSnapshots(context), migrations: "migrations" },
  });
  expect(found).toEqual({ problems: [], notices: [] });
});

test("--to folds those between the baseline and one", async () => {
  const files = createFiles(baseline, rename, drop, add);
  answer(files, rename, toFull);
  const { squashed } = await squash(files, { to: "20260103" });
  expect(listMigrations(files)).toEqual([
    ...["20260101000000_baseline", "20260103000000_squashed", "20260104000000_add"],
  ]);
  const columnsOf = (table = users()) => table.columns.map(({ name }) => name).sort();
  expect(columnsOf(squashed.before.get("users"))).toEqual(["id", "legacy", "name"]);
  expect(columnsOf(squashed.after.get("users"))).toEqual(["full", "id"]);
});

test("a squash of a squash knows what was renamed", async () => {
  const files = createFiles(baseline, rename, drop, add);
  answer(files, rename, toFull);
  await squash(files, { to: "20260103" });
  const { file } = await squash(files);
  expect(file.text).toContain('table.renameColumn("name", "full")');
});

test("a column that was renamed and then dropped does not come back under its name", async () => {
  const again: Step = ["20260104000000_again", [users("legacy"), users("legacy", "full")]];
  const gone: Step = ["20260103000000_gone", [users("full", "legacy"), users("legacy")]];
  const files = createFiles(baseline, rename, gone, again);
  answer(files, rename, toFull);
  answer(files, gone, { dropped: ["users.full"] });
  const { file } = await plan(files);
  expect(file.text).not.toContain("renameColumn");
  expect(file.text).toContain('table.dropColumn("name")');
});

test("rows get what they were given", async () => {
  const age = (nullable: boolean) => tableOf("users", [column("age", { kind: "integer" }, { nullable })]);
  const open: Step = ["20260102000000_open", [users(), age(true)]];
  const require: Step = ["20260103000000_require", [age(true), age(false)]];
  const files = createFiles(["20260101000000_baseline", [null, users()]], open, require);
  answer(files, require, { fills: new Map([["users.age", "18"]]) });
  expect((await plan(files)).file.text).toContain('set \\"age\\" = 18');
});

test("what was a step each and is none at once is named", async () => {
  const of = (kind: "integer" | "text" | "uuid") => tableOf("users", [column("code", { kind })]);
  const files = createFiles(
    ["20260101000000_baseline", [null, of("integer")]],
    ["20260102000000_text", [of("integer"), of("text")]],
    ["20260103000000_uuid", [of("text"), of("uuid")]],
  );
  expect(await findProblems(files)).toMatchObject([
    {
      code: "squash.steps",
      message: expect.stringMatching(/"code" of "users" changes from integer to uuid/) as string,
    },
  ]);
});

test("one migration after a baseline is none to squash", async () => {
  const files = createFiles(baseline, rename);
  expect(await findProblems(files)).toMatchObject([
    {
      code: "squash.few",
      message:
        '"20260101000000_baseline.ts" is a baseline and stays. There is only one migration after it, "20260102000000_rename.ts".',
    },
  ]);
  expect(await findProblems(files, { to: "20260101", force: true })).toMatchObject([
    {
      code: "squash.few",
      message: '"20260101000000_baseline.ts" is a baseline and stays. There are no migrations after it.',
    },
  ]);
});

test("what came before a later baseline is folded by --to", async () => {
  const late: Step = ["20260105000000_baseline", [null, tableOf("notes")]];
  const files = createFiles(baseline, rename, drop, add, late, [
    "20260106000000_drop_notes",
    [tableOf("notes"), null],
  ]);
  answer(files, rename, toFull);
  expect(await findProblems(files)).toMatchObject([
    {
      code: "squash.few",
      hint: "A squash makes one of several. To squash those before the baseline: --to 20260104000000_add",
    },
  ]);
  await squash(files, { to: "20260104000000_add" });
  expect(listMigrations(files)).toEqual([
    "20260101000000_baseline",
    "20260104000000_squashed",
    "20260105000000_baseline",
    "20260106000000_drop_notes",
  ]);
});
