import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTemporaryFolder, readWholeTree } from "../../host/temporary-project.js";
import { createExampleProject, hideTimes, recipe, runAshlar } from "./command-line.js";

test("the recipe shows its plan on stdout and what to type next on stderr, and writes", async () => {
  const cwd = createExampleProject();
  const { exitCode, stdout, stderr } = await runAshlar(recipe, { cwd });
  expect(hideTimes(stdout)).toBe(`
  User ⟷ Task, through UserTask

    create  src/accounts/user-task.ts
     patch  src/accounts/accounts.ts        + UserTask
     patch  src/accounts/user.ts            + tasks, userTasks
     patch  src/works/task.ts               + users, userTasks
    create  migrations/<time>_create_user_tasks_join_table.ts
    create  migrations/snapshot/user_tasks.json
    create  migrations/snapshot/history/<time>_create_user_tasks_join_table.json

`);
  expect(stderr).toContain("\n  Next: npx ashlar migrate\n");
  expect(exitCode).toBe(0);
  expect(readFileSync(join(cwd, "src/accounts/user.ts"), "utf8")).toContain("tasks: manyToMany(() => Task");
});

test("the same command again changes nothing and exits with 0", async () => {
  const cwd = createExampleProject();
  await runAshlar(recipe, { cwd });
  const before = readWholeTree(cwd);
  const { exitCode, stdout, stderr } = await runAshlar(recipe, { cwd });
  expect(stdout).toContain("\n identical  src/accounts/user-task.ts\n");
  expect(stdout).not.toMatch(/create|patch/);
  expect(stderr).toContain("Nothing to change");
  expect(exitCode).toBe(0);
  expect(readWholeTree(cwd)).toEqual(before);
});

test("a command works from any folder of the project", async () => {
  const cwd = createExampleProject();
  const { stdout } = await runAshlar(recipe, { cwd: join(cwd, "src/works") });
  expect(stdout).toContain("  src/works/task.ts  ");
  expect(existsSync(join(cwd, "src/accounts/user-task.ts"))).toBe(true);
});

test.each([
  ["--dry-run", 0],
  ["--diff", 0],
  ["--check", 3],
])("%s shows the plan, writes nothing and exits with %i", async (flag, code) => {
  const cwd = createExampleProject();
  const before = readWholeTree(cwd);
  const { exitCode, stdout, stderr } = await runAshlar([...recipe, flag], { cwd });
  expect(exitCode).toBe(code);
  expect(stdout).toContain("    create  src/accounts/user-task.ts\n");
  expect(stderr).toContain("Nothing was written");
  expect(readWholeTree(cwd)).toEqual(before);
});

test("--check exits with 0 where nothing would change", async () => {
  const cwd = createExampleProject();
  await runAshlar(recipe, { cwd });
  expect((await runAshlar([...recipe, "--check"], { cwd })).exitCode).toBe(0);
});

test("the diffs are a patch that does what the command does", async () => {
  const [shown, written] = [createExampleProject(), createExampleProject()];
  const { stdout } = await runAshlar([...recipe, "--diff"], { cwd: shown });
  const patch = join(createTemporaryFolder(), "recipe.patch");
  writeFileSync(patch, stdout.slice(stdout.indexOf("--- ")));
  execFileSync("git", ["apply", patch], { cwd: shown });
  await runAshlar(recipe, { cwd: written });
  const readSources = (root: string): unknown =>
    [
      "src/accounts/user-task.ts",
      "src/accounts/user.ts",
      "src/works/task.ts",
      "migrations/snapshot/user_tasks.json",
    ].map((path) => readFileSync(join(root, path), "utf8"));
  expect(readSources(shown)).toEqual(readSources(written));
});

test("--json gives the plan and what became of it, and nothing else on stdout", async () => {
  const cwd = createExampleProject();
  const { stdout, exitCode } = await runAshlar([...recipe, "--json"], { cwd });
  const { plan, result } = JSON.parse(stdout) as {
    plan: { title: string; changes: { kind: string; path: string }[] };
    result: { outcome: string };
  };
  expect(exitCode).toBe(0);
  expect(plan.title).toBe("User ⟷ Task, through UserTask");
  expect(plan.changes.map(({ kind }) => kind)).toEqual([
    "create",
    "patch",
    "patch",
    "patch",
    "create",
    "create",
    "create",
  ]);
  expect(result).toEqual({ outcome: "written" });
  expect(existsSync(join(cwd, "src/accounts/user-task.ts"))).toBe(true);
});

test("--json --check previews", async () => {
  const cwd = createExampleProject();
  const before = readWholeTree(cwd);
  const { stdout, exitCode } = await runAshlar([...recipe, "--json", "--check"], { cwd });
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ result: { outcome: "previewed" } });
  expect(readWholeTree(cwd)).toEqual(before);
});

test("a domain is made by its own command", async () => {
  const cwd = createExampleProject();
  const { stdout, exitCode } = await runAshlar(["gen", "domain", "Billing"], { cwd });
  expect(stdout).toContain("    create  src/billing/billing.ts\n");
  expect(exitCode).toBe(0);
});

test("init says what it found and writes it down", async () => {
  const cwd = createExampleProject({ "knexfile.ts": `export default { client: "pg" };\n` });
  const { stdout, exitCode } = await runAshlar(["init"], { cwd });
  expect(stdout).toMatch(/^ {2}knexfile +knexfile\.ts +from its name$/m);
  expect(stdout).toContain("    create  ashlar.config.json\n");
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, "ashlar.config.json"), "utf8"))).toMatchObject({
    database: "postgres",
  });
});
