import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { isDirty } from "../../src/host/git.js";
import { createProjectFolder, writeFiles } from "./temporary-project.js";

function git(root: string, ...args: readonly string[]): void {
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  execFileSync("git", [...author, ...args], { cwd: root, stdio: "ignore" });
}

test("a tree is dirty when something in the project is changed or not yet known to git", async () => {
  const root = createProjectFolder({ "app/a.ts": "", "other/b.ts": "" });
  git(root, "init");
  expect(await isDirty(root)).toBe(true);
  git(root, "add", ".");
  git(root, "commit", "-m", "First");
  expect(await isDirty(root)).toBe(false);
  writeFiles(root, { "other/b.ts": "changed" });
  expect(await isDirty(root)).toBe(true);
  expect(await isDirty(`${root}/app`)).toBe(false);
});

test("a folder without a repository is not dirty", async () => {
  expect(await isDirty(createProjectFolder({ "a.ts": "" }))).toBe(false);
});

test("a machine without git has no dirty tree", async () => {
  const root = createProjectFolder({ "a.ts": "" });
  const { PATH } = process.env;
  process.env["PATH"] = root;
  expect(await isDirty(root)).toBe(false);
  process.env["PATH"] = PATH;
});
