import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTemporaryFolder } from "../../host/temporary-project.js";
import { createExampleProject, recipe, runAshlar } from "./command-line.js";

function listCached(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cache"));
}

test("help loads no parser, no formatter and no generator", async () => {
  const cache = createTemporaryFolder();
  await runAshlar(["--help"], { cwd: createExampleProject(), env: { ASHLAR_CACHE_DIR: cache } });
  const names = listCached(cache).map((name) =>
    name.replace(/^.*[/\\]/, "").replace(/-[\w-]{8}\.cjs\.cache$/, ""),
  );
  expect(names.sort()).toEqual(["main", "rolldown-runtime", "start"]);
});

test("a command gives the same with a cold cache, a warm one, a damaged one and none", async () => {
  const cwd = createExampleProject();
  const cache = createTemporaryFolder();
  const run = (directory: string) =>
    runAshlar([...recipe, "--check"], { cwd, env: { ASHLAR_CACHE_DIR: directory } });
  const warmUp = () => runAshlar([...recipe, "--dry-run"], { cwd, env: { ASHLAR_CACHE_DIR: cache } });

  const cold = await run("off");
  expect(cold.exitCode).toBe(3);
  await warmUp();
  expect(listCached(cache).some((name) => name.includes("typescript-parser"))).toBe(true);
  const warm = await run(cache);
  for (const name of listCached(cache)) truncateSync(join(cache, name), statSync(join(cache, name)).size - 1);
  const damaged = await run(cache);
  const results = [cold, warm, damaged].map(({ stdout }) => stdout.replace(/\d{14}/g, ""));
  expect(new Set(results).size).toBe(1);
  expect([warm.exitCode, damaged.exitCode]).toEqual([3, 3]);
});

test("commands that run at once share a cold cache", async () => {
  const cwd = createExampleProject();
  const cache = createTemporaryFolder();
  const run = () => runAshlar(["--help"], { cwd, env: { ASHLAR_CACHE_DIR: cache } });
  const results = await Promise.all([run(), run(), run(), run()]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  expect(listCached(cache)).toHaveLength(3);
  expect((await run()).stdout).toBe(results[0]?.stdout);
});

test("a cache that cannot be written is done without", async () => {
  const file = join(createTemporaryFolder(), "file");
  writeFileSync(file, "");
  const { exitCode, stderr } = await runAshlar(["--help"], {
    cwd: createExampleProject(),
    env: { ASHLAR_CACHE_DIR: file },
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test("a runtime with other flags has a cache of its own", async () => {
  const cache = createTemporaryFolder();
  const options = { cwd: createExampleProject(), env: { ASHLAR_CACHE_DIR: cache } };
  await runAshlar(["--help"], options);
  await runAshlar(["--help"], { ...options, nodeFlags: ["--max-old-space-size=512"] });
  expect(readdirSync(join(cache, "code"))).toHaveLength(2);
});
