import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWholeTree } from "../../host/temporary-project.js";
import { createExampleProject, recipe } from "./command-line.js";
import { openTerminal } from "./tmux.js";

const line = `ashlar ${recipe.join(" ")}`;

function hasResource(cwd: string): boolean {
  return existsSync(join(cwd, "src/accounts/user-task.ts"));
}

test("at a terminal the plan is shown in colour and one question asked; yes writes", async () => {
  const cwd = createExampleProject();
  const terminal = openTerminal(cwd);
  terminal.type(`${line}; echo "exit $?"`);
  const screen = await terminal.see(/Write these 7 files\?/, { colors: true });
  expect(screen).toMatch(/\u001b\[32m(?:\u001b\[49m)? *create\u001b\[39m *src\/accounts\/user-task\.ts/);
  expect(hasResource(cwd)).toBe(false);
  terminal.press("Enter");
  expect(await terminal.see(/exit \d/)).toMatch(/Next: npx ashlar migrate\n\s*exit 0/);
  expect(hasResource(cwd)).toBe(true);
});

test.each([
  ["Ctrl-C", ["C-c"]],
  ["no", ["n"]],
  ["Escape", ["Escape"]],
])("%s at the question writes nothing and exits with 1", async (_name, keys) => {
  const cwd = createExampleProject();
  const before = readWholeTree(cwd);
  const terminal = openTerminal(cwd);
  terminal.type(`${line}; echo "exit $?"`);
  await terminal.see(/Write these 7 files\?/);
  for (const key of keys) terminal.press(key);
  expect(await terminal.see(/exit \d/)).toMatch(/Nothing was written\.\s+exit 1/);
  expect(readWholeTree(cwd)).toEqual(before);
});

test("--yes writes without a question", async () => {
  const cwd = createExampleProject();
  const terminal = openTerminal(cwd);
  terminal.type(`${line} --yes; echo "exit $?"`);
  expect(await terminal.see(/exit \d/)).not.toContain("Write these");
  expect(hasResource(cwd)).toBe(true);
});

test("in continuous integration nothing is asked, whatever the stream looks like", async () => {
  const cwd = createExampleProject();
  const terminal = openTerminal(cwd);
  terminal.type(`export CI=1; ${line}; echo "exit $?"`);
  expect(await terminal.see(/exit \d/)).not.toContain("Write these");
  expect(hasResource(cwd)).toBe(true);
});

test("changes that git does not have are warned of before the question", async () => {
  const cwd = createExampleProject();
  execFileSync("git", ["init", "--quiet"], { cwd });
  const terminal = openTerminal(cwd);
  terminal.type(line);
  expect(await terminal.see(/Write these 7 files\?/)).toMatch(/warning {2}Git has changes here/);
  terminal.press("C-c");
});

test("where nothing would change nothing is asked", async () => {
  const cwd = createExampleProject();
  const terminal = openTerminal(cwd);
  terminal.type(`${line} --yes; clear; ${line}; echo "exit $?"`);
  const screen = await terminal.see(/exit \d/);
  expect(screen).toMatch(/Nothing to change: all of it is there\.\s+exit 0/);
  expect(screen).not.toContain("Write these");
});

test("a plan that is piped elsewhere is asked about all the same", async () => {
  const cwd = createExampleProject();
  const terminal = openTerminal(cwd);
  terminal.type(`${line} > plan.txt; echo "exit $?"`);
  await terminal.see(/Write these 7 files\?/);
  terminal.press("Enter");
  await terminal.see(/exit 0/);
  expect(hasResource(cwd)).toBe(true);
});
