import { describe, expect, onTestFinished, test } from "vitest";
import { migrate, rollback } from "../../../src/host/migrate/migrator.js";
import { readStatus } from "../../../src/host/migrate/status.js";
import { databaseKinds, databaseTimeout, type DatabaseKind } from "../../databases/engines.js";
import { createProject, createTable, type TestProject } from "./project.js";

const [users, tasks, notes] = ["1_users.ts", "2_tasks.ts", "3_notes.ts"];

const squash = `${createTable("users")}
export const replaces = ["${users}", "${tasks}"];
`.replaceAll('"users"', '"squashed"');

/** Three migrations, of which the first `ran` have run, and then a squash in the place of the first two. */
async function createSquashed(kind: DatabaseKind, ran: number): Promise<TestProject> {
  const project = await createProject(kind);
  onTestFinished(() => project.close());
  for (const [name, table] of [
    [users, "users"],
    [tasks, "tasks"],
    [notes, "notes"],
  ] as const)
    project.write(`migrations/${name}`, createTable(table));
  if (ran > 0) await migrate({ ...project.options, step: ran });
  for (const name of [users, tasks]) project.remove(`migrations/${name}`);
  project.write("migrations/2_squashed.ts", squash);
  return project;
}

async function readStates(project: TestProject): Promise<readonly string[]> {
  return (await readStatus(project.options)).map(({ state, name }) => `${state} ${name}`);
}

function hasTable(project: TestProject, name: string): Promise<boolean> {
  return project.inspect(async (knex) => knex.schema.hasTable(name));
}

describe.each(databaseKinds)("on %s", { timeout: databaseTimeout * 2 }, (kind) => {
  test("a database that has run what a squash replaces has run the squash, in its place", async () => {
    const project = await createSquashed(kind, 3);
    expect(await migrate(project.options)).toEqual([]);
    expect(await readStates(project)).toEqual(["applied 2_squashed.ts", `applied ${notes}`]);
    expect(await hasTable(project, "squashed")).toBe(false);
    expect(await migrate(project.options)).toEqual([]);
    expect(await rollback({ ...project.options, step: 1 })).toMatchObject([{ name: notes }]);
  });

  test("that it stands for the others is known before the next run", async () => {
    const project = await createSquashed(kind, 3);
    expect(await readStates(project)).toEqual(["applied 2_squashed.ts", `applied ${notes}`]);
  });

  test.each<[string, number]>([
    ["is taken for run where what it replaces has run", 3],
    ["runs where the baseline alone is recorded", 1],
  ])("a squash behind a baseline %s", async (_name, ran) => {
    const project = await createProject(kind);
    onTestFinished(() => project.close());
    await project.inspect(async (knex) => knex.schema.createTable("people", (table) => table.increments()));
    project.write(
      "migrations/0_baseline.ts",
      `${createTable("none")}\nexport const baseline = ["people"];\n`,
    );
    for (const [name, table] of [
      [users, "users"],
      [tasks, "tasks"],
    ] as const)
      project.write(`migrations/${name}`, createTable(table));
    await migrate({ ...project.options, step: ran });
    for (const name of [users, tasks]) project.remove(`migrations/${name}`);
    project.write("migrations/2_squashed.ts", squash);
    const names = (await migrate(project.options)).map(({ name }) => name);
    expect(names).toEqual(ran === 1 ? ["2_squashed.ts"] : []);
    expect(await readStates(project)).toEqual(["applied 0_baseline.ts", "applied 2_squashed.ts"]);
    expect(await hasTable(project, "squashed")).toBe(ran === 1);
  });

  test("the squash that was taken for run is told when it is edited", async () => {
    const project = await createSquashed(kind, 2);
    await migrate(project.options);
    project.write("migrations/2_squashed.ts", squash.replace("increments", "integer"));
    expect(await readStates(project)).toContain("edited 2_squashed.ts");
  });
});

test("what a squash replaces is not undone by it before its record is written", async () => {
  const project = await createSquashed("sqlite", 2);
  await expect(rollback(project.options)).rejects.toMatchObject({
    problems: [tasks, users].map((name) => ({
      code: "migration.file.missing",
      hint: `Bring the file back from a commit that has it, git log --all --diff-filter=A -- "*/${name}", by: git checkout <commit> -- "*/${name}".`,
    })),
  });
  expect(await hasTable(project, "tasks")).toBe(true);
});

test("a database that has run some of them runs nothing, and is told which are missing", async () => {
  const project = await createSquashed("sqlite", 1);
  await expect(migrate(project.options)).rejects.toMatchObject({
    code: "migration.squash.partial",
    message: expect.stringContaining(`has run 1, but not "${tasks}"`) as string,
  });
  expect(await hasTable(project, "squashed")).toBe(false);
  expect(await readStates(project)).toEqual([
    `squashed ${users}`,
    "pending 2_squashed.ts",
    `pending ${notes}`,
  ]);
});

const again = squash.replace(
  /replaces = .*;/,
  `replaces = [["2_squashed.ts", "${users}", "${tasks}"], "${notes}"];`,
);

test.each<[string, number]>([
  ["the first squash", 0],
  ["what that stood for", 3],
])("a squash of a squash has run where %s has, and what came after it", async (_name, ran) => {
  const project = await createSquashed("sqlite", ran);
  if (ran === 0) await migrate(project.options);
  for (const name of ["2_squashed.ts", notes]) project.remove(`migrations/${name}`);
  project.write("migrations/3_squashed.ts", again);
  expect(await migrate(project.options)).toEqual([]);
  expect(await readStates(project)).toEqual(["applied 3_squashed.ts"]);
});

test("a squash of a squash names what is missing of that", async () => {
  const project = await createSquashed("sqlite", 1);
  for (const name of ["2_squashed.ts", notes]) project.remove(`migrations/${name}`);
  project.write("migrations/3_squashed.ts", again);
  await expect(migrate(project.options)).rejects.toMatchObject({
    message: expect.stringContaining(`has run 1, but not "${tasks}", "${notes}"`) as string,
  });
});

test("an empty database runs the squash", async () => {
  const project = await createSquashed("sqlite", 0);
  expect((await migrate(project.options)).map(({ name }) => name)).toEqual(["2_squashed.ts", notes]);
  expect(await hasTable(project, "squashed")).toBe(true);
});
