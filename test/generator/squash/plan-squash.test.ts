import { expect, test } from "vitest";
import { readHistories } from "../../../src/generator/history-store.js";
import { planSquash, type SquashRequest } from "../../../src/generator/squash/plan-squash.js";
import { findHistoryFindings } from "../../../src/generator/check/find-history-findings.js";
import { readSnapshots } from "../../../src/generator/snapshot-store.js";
import { serializeTable } from "../../../src/migrations/serialize.js";
import { createTemplateSource } from "../../../src/host/templates.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { tableOf } from "../../migrations/tables.js";
import { contextOf, migrationText, projectFiles, users, type Step } from "../migrated-project.js";

const steps: readonly Step[] = [
  ["20260101000000_create_users", [null, users()]],
  ["20260102000000_add_name", [users(), users("name")], [null, tableOf("tasks")]],
  ["20260103000000_drop_tasks", [tableOf("tasks"), null]],
];

function plan(files: ReadonlyMap<string, string>, request: Partial<SquashRequest> = {}) {
  const context = { ...contextOf(files), templates: createTemplateSource() };
  return planSquash({ force: false, ...request }, context);
}

async function findCodes(files: ReadonlyMap<string, string>, request: Partial<SquashRequest> = {}) {
  try {
    await plan(files, request);
    return [];
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return error.problems.map(({ code }) => code);
  }
}

test("one migration takes the place of those up to one, and the histories still fit the snapshots", async () => {
  const files = projectFiles(steps);
  const { plan: made, file, squashed } = await plan(files, { to: "20260102" });
  for (const change of made.changes) {
    if (change.kind === "delete") files.delete(change.path);
    else if ("after" in change) files.set(change.path, change.after);
  }
  expect(file.name).toBe("20260102000000_squashed.ts");
  expect([...squashed.after.keys()].sort()).toEqual(["tasks", "users"]);
  expect(file.text).toContain('"20260101000000_create_users.ts"');
  for (const made of ['createTable("users"', 'table.text("name")', 'createTable("tasks"'])
    expect(file.text).toContain(made);
  expect(file.text).not.toContain("20260103000000_drop_tasks");
  const context = contextOf(files);
  const histories = readHistories(context.files, "migrations");
  expect(histories.map(({ migration }) => migration)).toEqual([
    "20260102000000_squashed",
    "20260103000000_drop_tasks",
  ]);
  const fileNames = [...files.keys()].flatMap((path) => /^migrations\/([^/]+\.ts)$/.exec(path)?.[1] ?? []);
  expect(
    findHistoryFindings({ histories, fileNames, snapshot: readSnapshots(context), migrations: "migrations" }),
  ).toEqual({ problems: [], notices: [] });
});

test("by default all are squashed, and a table that none leaves is not made", async () => {
  const { file, plan: made } = await plan(projectFiles(steps), { name: "start" });
  expect(file.name).toBe("20260103000000_start.ts");
  expect(file.text).not.toContain('createTable("tasks"');
  expect(made.changes.filter(({ kind }) => kind === "delete")).toHaveLength(6);
});

test("a squash of a squash has a name of its own", async () => {
  const files = projectFiles([steps[0] as Step, ["20260102000000_squashed", [users(), users("name")]]]);
  expect((await plan(files)).file.name).toBe("20260102000000_squashed_again.ts");
});

test("migrations for development are folded first, forced or not", async () => {
  const files = projectFiles([...steps, ["20260104000000_dev", [users("name"), users()]]]);
  expect(await findCodes(files)).toEqual(["squash.dev"]);
  expect(await findCodes(files, { force: true })).toEqual(["squash.dev"]);
  expect(await findCodes(files, { to: "20260103" })).toEqual([]);
});

test("migrations that were written or edited by hand are named, all of them, and squashed by force", async () => {
  const files = projectFiles(steps);
  files.set("migrations/20260101120000_by_hand.ts", migrationText("mine"));
  files.set("migrations/20260102000000_add_name.ts", migrationText("edited"));
  expect(await findCodes(files)).toEqual(["squash.by_hand", "squash.edited"]);
  expect(await findCodes(files, { to: "20260101000000" })).toEqual(["squash.few"]);
  expect(await findCodes(files, { force: true })).toEqual([]);
});

test.each([
  ["2027", "squash.unknown"],
  ["2026010", "squash.ambiguous"],
  ["", "squash.unknown"],
])('"%s" names no migration to squash to', async (to, code) => {
  expect(await findCodes(projectFiles(steps), { to })).toEqual([code]);
});

/** The files after a squash of all. */
async function squashIn(files: Map<string, string>, request: Partial<SquashRequest> = {}): Promise<void> {
  for (const change of (await plan(files, request)).plan.changes) {
    if (change.kind === "delete") files.delete(change.path);
    else if ("after" in change) files.set(change.path, change.after);
  }
}

test("a squash of a squash stands for what that one stood for too", async () => {
  const files = projectFiles(steps);
  await squashIn(files, { to: "20260102" });
  const { file } = await plan(files);
  expect(file.text).toContain(
    '["20260102000000_squashed.ts","20260101000000_create_users.ts","20260102000000_add_name.ts"]',
  );
});

const branches: readonly Step[] = [
  ["20260101000000_create_users", [null, users()]],
  ["20260102000000_add_name", [users(), users("name")]],
  ["20260103000000_add_fax", [users(), users("fax")]],
];

test("what one of two branches left is told from the merge, or nothing is squashed", async () => {
  const files = projectFiles(branches);
  expect(await findCodes(files, { to: "20260102" })).toEqual(["squash.branches"]);
  files.set("migrations/snapshot/users.json", serializeTable(users("fax", "name")));
  const { squashed } = await plan(files, { to: "20260102" });
  expect(squashed.after.get("users")?.columns.map(({ name }) => name)).toEqual(
    users("name").columns.map(({ name }) => name),
  );
});
