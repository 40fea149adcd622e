import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWholeTree } from "../../host/temporary-project.js";
import { runAshlar } from "./command-line.js";
import { addAttribute, createProject, edit, generate, listMigrations } from "./migrated-project.js";
import { openTerminal } from "./tmux.js";

const undo = ["undo", "migration"];

const pgliteKnexfile = `import { PgliteClient } from "ashlar/pglite";

export default {
  client: PgliteClient,
  connection: { dataDir: "./data" },
  migrations: { directory: "./migrations", extension: "ts" },
};
`;

function readMigrations(cwd: string): Record<string, string> {
  return readWholeTree(join(cwd, "migrations"));
}

async function createWithTwo(): Promise<{ cwd: string; first: Record<string, string> }> {
  const cwd = createProject();
  await generate(cwd, "create_all");
  const first = readMigrations(cwd);
  addAttribute(cwd, "nickname");
  await generate(cwd, "add_nickname");
  return { cwd, first };
}

test("a migration that has not run is taken back with its snapshots, and can be generated again", async () => {
  const { cwd, first } = await createWithTwo();
  const second = Object.keys(readMigrations(cwd)).length;
  expect((await runAshlar(undo, { cwd })).exitCode).toBe(0);
  expect(readMigrations(cwd)).toEqual(first);
  expect(readdirSync(cwd)).not.toContain("data.sqlite");
  await generate(cwd, "add_nickname");
  expect(Object.keys(readMigrations(cwd))).toHaveLength(second);
});

test("one that has run is taken back only with a rollback, which is done", async () => {
  const { cwd } = await createWithTwo();
  await runAshlar(["setup"], { cwd });
  const refused = await runAshlar(undo, { cwd });
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("npx ashlar undo migration --rollback");
  const done = await runAshlar([...undo, "--rollback"], { cwd });
  expect(done.stdout).toMatch(/undone {2}\d+_add_nickname\.ts/);
  expect(listMigrations(cwd)).toEqual(["create_all.ts"]);
  expect((await runAshlar(["status"], { cwd })).stdout).toMatch(/applied[^\n]*create_all\.ts\n\s*$/);
});

test("one that has run and was edited is taken back by what the hints add to what was typed", async () => {
  const { cwd } = await createWithTwo();
  await runAshlar(["setup"], { cwd });
  const file = readdirSync(join(cwd, "migrations")).find((each) => each.endsWith("_add_nickname.ts")) ?? "";
  edit(cwd, `migrations/${file}`, (text) => text.replace("dropColumn", "dropColumns"));
  const name = file.slice(0, 14);
  const edited = await runAshlar([...undo, name, "--rollback"], { cwd });
  expect(edited.stderr).toContain(`npx ashlar undo migration ${name} --rollback --force`);
  const applied = await runAshlar([...undo, name, "--force"], { cwd });
  expect(applied.stderr).toContain(`npx ashlar undo migration ${name} --force --rollback`);
  expect((await runAshlar([...undo, name, "--rollback", "--force"], { cwd })).exitCode).toBe(0);
  expect(listMigrations(cwd)).toEqual(["create_all.ts"]);
});

test("one of several files is rolled back and taken back whole", async () => {
  const cwd = createProject({ "knexfile.ts": pgliteKnexfile });
  await generate(cwd, "create_all");
  const first = readMigrations(cwd);
  addAttribute(cwd, "nickname");
  edit(cwd, "src/accounts/user.ts", (text) => text.replace(" name: string()", " name: string().index()"));
  await generate(cwd, "change_users");
  expect(listMigrations(cwd)).toEqual(["create_all.ts", "change_users.ts", "change_users_concurrently.ts"]);
  await runAshlar(["setup"], { cwd });
  const { stdout } = await runAshlar([...undo, "--rollback"], { cwd });
  expect(stdout).toMatch(/undone {2}\d+_change_users_concurrently\.ts[^]*undone {2}\d+_change_users\.ts/);
  expect(readMigrations(cwd)).toEqual(first);
});

test("a migration that ran after it, written by hand, has to be rolled back first", async () => {
  const { cwd } = await createWithTwo();
  const byHand = "export const up = async () => {};\nexport const down = async () => {};\n";
  writeFileSync(join(cwd, "migrations/29990101000000_by_hand.ts"), byHand);
  await runAshlar(["setup"], { cwd });
  const { exitCode, stderr } = await runAshlar([...undo, "--rollback"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("npx ashlar rollback --step 1");
  expect(listMigrations(cwd)).toEqual(["create_all.ts", "add_nickname.ts", "by_hand.ts"]);
});

test("without a database that answers it takes --force to say that it has not run", async () => {
  const { cwd } = await createWithTwo();
  edit(
    cwd,
    "knexfile.ts",
    () => 'export default { client: "pg", connection: { host: "127.0.0.1", port: 1 } };\n',
  );
  const { exitCode, stderr } = await runAshlar(undo, { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Nobody can say whether the migration");
  expect((await runAshlar([...undo, "--force"], { cwd })).exitCode).toBe(0);
  expect(listMigrations(cwd)).toEqual(["create_all.ts"]);
});

test("what git has already is taken back with a warning", async () => {
  const { cwd } = await createWithTwo();
  const git = (...args: string[]) => execFileSync("git", args, { cwd, stdio: "ignore" });
  git("init", "--quiet");
  git("add", "migrations");
  git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-qm", "Add them");
  const { stderr } = await runAshlar([...undo, "--dry-run"], { cwd });
  expect(stderr).toMatch(
    /warning {2}Git has "migrations\/\d+_add_nickname\.ts" in its last commit, or merges it/,
  );
});

test("at a terminal one question covers what is written, deleted and rolled back", async () => {
  const { cwd } = await createWithTwo();
  await runAshlar(["setup"], { cwd });
  const terminal = openTerminal(cwd);
  terminal.type('ashlar undo migration; echo "exit $?"');
  const screen = await terminal.see(/Write this file and delete these 2 files\?/);
  expect(screen).toMatch(/warning {2}"\d+_add_nickname" has run on this database\. It is rolled back first/);
  terminal.press("Enter");
  expect(await terminal.see(/exit \d/)).toMatch(/undone {2}\d+_add_nickname\.ts[^]*exit 0/);
  expect(listMigrations(cwd)).toEqual(["create_all.ts"]);
});
