import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createProjectFolder, createTemporaryFolder, readWholeTree } from "../../host/temporary-project.js";
import { createExampleProject, executable, recipe, runAshlar } from "./command-line.js";

test("a line that cannot be read exits with 2 and tells all that is wrong on stderr", async () => {
  const { exitCode, stdout, stderr } = await runAshlar(
    ["gen", "resource", "Accounts", "User", "--atributes", "a", "--zork"],
    {
      cwd: createExampleProject(),
    },
  );
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toBe(`
  error  "--atributes" is not a flag of this command.  cli.flag.unknown
    Did you mean "--attributes"?

  error  "--zork" is not a flag of this command.  cli.flag.unknown
    Add --help to see the flags it has.

`);
});

test("a refused request exits with 2 and changes nothing", async () => {
  const cwd = createExampleProject();
  const before = readWholeTree(cwd);
  const { exitCode, stderr } = await runAshlar(["gen", "resource", "Works", "Note", "-a", "size:intger"], {
    cwd,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('"intger"');
  expect(stderr).toContain('Did you mean "integer"?');
  expect(readWholeTree(cwd)).toEqual(before);
});

test("with --json the problems are data on stdout too", async () => {
  const args = ["gen", "resource", "Works", "Note", "-a", "size:intger", "--json"];
  const { exitCode, stdout } = await runAshlar(args, { cwd: createExampleProject() });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: "attribute.type.unknown" }] });
});

test("a file that does not parse is shown with its line and what to paste", async () => {
  const broken = `import { resource } from "ashlar";\n\nexport class User extends resource({ table: "users" ) {}\n`;
  const cwd = createExampleProject({ "src/accounts/user.ts": broken });
  const { exitCode, stderr } = await runAshlar(recipe, { cwd });
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/at src\/accounts\/user\.ts:3:\d+/);
  expect(stderr).toMatch(/^ {4}> 3 \|/m);
  expect(readFileSync(join(cwd, "src/accounts/user.ts"), "utf8")).toBe(broken);
  expect(existsSync(join(cwd, "src/accounts/user-task.ts"))).toBe(false);
});

test("without a project it is said how to start one", async () => {
  const { exitCode, stderr } = await runAshlar(recipe, { cwd: createTemporaryFolder() });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("project.missing");
  expect(stderr).toContain("npx ashlar new my-app");
});

test("a pipe that closes early is no failure, and the files are written", async () => {
  const cwd = createExampleProject();
  const child = spawn(process.execPath, [executable, ...recipe], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  child.stderr.destroy();
  const exitCode = await new Promise((done) => child.on("close", done));
  expect(exitCode).toBe(0);
  expect(existsSync(join(cwd, "src/accounts/user-task.ts"))).toBe(true);
});

test("a write that was cut off is mended by the next command, which says so", async () => {
  const cwd = createProjectFolder({ "package.json": `{ "name": "cut", "type": "module" }\n` });
  const child = spawn(process.execPath, ["--import", "tsx", resolve("test/cli/e2e/cut-off-write.ts"), cwd]);
  await new Promise((done) => child.on("close", done));
  const { stderr, stdout } = await runAshlar(["gen", "domain", "Billing", "--dry-run"], { cwd });
  expect(stderr).toContain('An earlier command had been cut off while it wrote "Two files".');
  expect(stderr).toMatch(/It was (finished|taken back):\n {4}a\.ts\n {4}b\.ts\n/);
  expect(stdout).toContain("src/billing/billing.ts");
  const again = await runAshlar(["gen", "domain", "Billing", "--dry-run"], { cwd });
  expect(again.stderr).not.toContain("cut off");
});
