import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTemporaryFolder, readWholeTree } from "../../host/temporary-project.js";
import { recipe, runAshlar } from "./command-line.js";

test("new makes a project that the recipe runs in, and says what to type", async () => {
  const cwd = createTemporaryFolder();
  const made = await runAshlar(["new", "shop", "--example", "--no-install"], { cwd });
  expect(made.exitCode).toBe(0);
  expect(made.stdout).toContain("    create  src/accounts/user.ts\n");
  expect(made.stderr).toMatch(/Next: cd shop\n {8}npm install\n {8}npx ashlar gen resource/);
  const { exitCode, stdout } = await runAshlar(recipe, { cwd: join(cwd, "shop") });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("  User ⟷ Task, through UserTask\n");
});

test("a preview of a new project makes no folder", async () => {
  const cwd = createTemporaryFolder();
  const { exitCode, stdout } = await runAshlar(["new", "shop", "--dry-run"], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("    create  package.json\n");
  expect(existsSync(join(cwd, "shop"))).toBe(false);
});

test("a folder that is not empty is left alone", async () => {
  const cwd = createTemporaryFolder();
  writeFileSync(join(cwd, "notes.txt"), "mine");
  const { exitCode, stderr } = await runAshlar(["new", ".", "--no-install"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('holds "notes.txt"');
  expect(Object.keys(readWholeTree(cwd))).toEqual(["notes.txt"]);
});

test("npm's own words stay off stdout, and its failure is told", async () => {
  const cwd = createTemporaryFolder();
  const { exitCode, stdout, stderr } = await runAshlar(["new", "shop", "--json"], {
    cwd,
    env: {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(cwd, "cache"),
    },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("new.install.failed");
  expect(stderr).toContain("cd shop && npm install");
  expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: "new.install.failed" }] });
  expect(JSON.parse(readFileSync(join(cwd, "shop/package.json"), "utf8"))).toMatchObject({ name: "shop" });
});
