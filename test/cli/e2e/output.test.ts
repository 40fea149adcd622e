import { expect, test } from "vitest";
import { createExampleProject, recipe, runAshlar } from "./command-line.js";

const escape = "\u001b[";

test("without a terminal nothing is coloured", async () => {
  const { stdout, stderr } = await runAshlar(recipe, { cwd: createExampleProject() });
  expect(stdout + stderr).not.toContain(escape);
});

test("FORCE_COLOR colours both streams, and NO_COLOR goes before it", async () => {
  const cwd = createExampleProject();
  const forced = await runAshlar([...recipe, "--dry-run"], { cwd, env: { FORCE_COLOR: "1" } });
  expect(forced.stdout).toContain(`${escape}32m    create${escape}39m  src/accounts/user-task.ts`);
  const refused = await runAshlar([...recipe, "--dry-run"], {
    cwd,
    env: { FORCE_COLOR: "1", NO_COLOR: "1" },
  });
  expect(refused.stdout).not.toContain(escape);
});

test("help and version go to stdout and exit with 0", async () => {
  const cwd = createExampleProject();
  expect(await runAshlar(["--version"], { cwd })).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    stderr: "",
  });
  expect(await runAshlar(["gen", "resource", "--help"], { cwd })).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("ashlar gen resource <Domain> <Name> [flags]") as string,
    stderr: "",
  });
});
