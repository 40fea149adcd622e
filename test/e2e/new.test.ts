import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTemporaryFolder } from "../host/temporary-project.js";
import { checkoutExecutable, unpackAshlar } from "./new-package.js";
import { runOrFail, runProcess, type ProcessOptions, type ProcessResult } from "./new-processes.js";

function runNew(args: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  return runProcess(process.execPath, [checkoutExecutable, "new", ...args], options);
}

describe("a new project", () => {
  test("of a checkout installs a copy of it, type-checks and passes its tests", async () => {
    const cwd = createTemporaryFolder();
    const { exitCode, stdout, stderr } = await runNew(["shop"], { cwd });
    expect(stderr).toMatch(
      /^ {2}Installing packages: npm install\n[^]*added \d+ packages[^]*\n {2}Next: cd shop\n/,
    );
    expect(stdout).toBe(`
  shop, a project on PGlite

    create  package.json
    create  .npmrc
    create  tsconfig.json
    create  ashlar.config.json
    create  knexfile.ts
    create  .gitignore
    create  README.md
    create  migrations/.gitkeep
    create  src/repo.ts
    create  test/schema.test.ts
    create  test/test-repo.ts

`);
    expect(exitCode).toBe(0);
    const project = join(cwd, "shop");
    expect(lstatSync(join(project, "node_modules/ashlar")).isSymbolicLink()).toBe(false);
    expect(existsSync(join(project, "node_modules/ashlar/node_modules"))).toBe(false);
    await runOrFail("npm", ["run", "check"], { cwd: project });
    expect(await runOrFail("npm", ["test"], { cwd: project })).toContain("# pass 2\n# fail 0\n");
    expect(readdirSync(project)).not.toContain("data");
  });

  test("of an installed ashlar takes it from the registry, by a range", async () => {
    const cwd = createTemporaryFolder();
    const executable = await unpackAshlar(cwd);
    await runOrFail(process.execPath, [executable, "new", "shop", "--no-install"], { cwd });
    const { dependencies } = JSON.parse(readFileSync(join(cwd, "shop/package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies["ashlar"]).toMatch(/^\^\d+\.\d+\.\d+$/);
    expect(existsSync(join(cwd, "shop/.npmrc"))).toBe(false);
  });

  test("can be made in the working folder where that is empty", async () => {
    const cwd = join(createTemporaryFolder(), "My Shop");
    mkdirSync(cwd);
    const { exitCode, stdout, stderr } = await runNew([".", "--no-install"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("\n  my-shop, a project on PGlite\n");
    expect(stderr).toMatch(/^ {2}Next: npm install\n/);
  });

  test("is only shown by --dry-run, and not even its folder is made", async () => {
    const cwd = createTemporaryFolder();
    const { exitCode, stdout, stderr } = await runNew(["shop", "--example", "--dry-run"], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("    create  src/works/task.ts\n");
    expect(stderr).toContain("Nothing was written: this is a preview.");
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("is printed as data by --json", async () => {
    const cwd = createTemporaryFolder();
    const { stdout } = await runNew(["shop", "--no-install", "--json"], { cwd });
    const { plan, result } = JSON.parse(stdout) as { plan: { next: string[] }; result: unknown };
    expect(plan.next.slice(0, 2)).toEqual(["cd shop", "npm install"]);
    expect(result).toEqual({ outcome: "written" });
  });

  test("keeps its files where the installation fails, and says what to type", async () => {
    const cwd = createTemporaryFolder();
    const unreachable = {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(cwd, "cache"),
    };
    const { exitCode, stderr } = await runNew(["shop"], { cwd, env: unreachable });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error  The files are written, but npm install ended with exit code");
    expect(stderr).toContain("    Once the cause is gone: cd shop && npm install\n");
    expect(stderr).not.toContain("Next:");
    expect(existsSync(join(cwd, "shop/src/repo.ts"))).toBe(true);
  });
});

describe("nothing is written", () => {
  test("into a folder that is not empty", async () => {
    const cwd = createTemporaryFolder();
    writeFileSync(join(cwd, "notes.txt"), "");
    const { exitCode, stderr } = await runNew(["."], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error  The folder "." is not empty: it holds "notes.txt".  new.folder.used\n');
    expect(readdirSync(cwd)).toEqual(["notes.txt"]);
  });

  test("for a database that there is not", async () => {
    const cwd = createTemporaryFolder();
    const { exitCode, stderr } = await runNew(["shop", "--database", "mysql"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error  There is no database "mysql" to choose.  new.database.unknown\n');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("into a folder that may not be written to", async () => {
    const cwd = createTemporaryFolder();
    chmodSync(cwd, 0o755);
    const executable = await unpackAshlar(cwd);
    const closed = join(cwd, "closed");
    mkdirSync(closed, { mode: 0o555 });
    const args = [executable, "new", "closed/shop", "--no-install"];
    // Nothing is closed to root.
    const anyone = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { exitCode, stderr } = await runProcess(process.execPath, args, { cwd, ...anyone });
    expect(stderr).toContain(
      `error  Cannot write to the folder "${closed}": permission denied (EACCES).  folder.unwritable\n`,
    );
    expect(exitCode).toBe(1);
  });
});
