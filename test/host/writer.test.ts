import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recover } from "../../src/host/recovery.js";
import type { Change } from "../../src/generator/plan.js";
import { applyPlan } from "../../src/host/writer.js";
import { isAshlarError, type Problem } from "../../src/support/problem.js";
import {
  createProjectFolder,
  createTemporaryFolder,
  readWholeTree,
  writeFiles,
} from "./temporary-project.js";
import { buildKillableProgram } from "./write/killable-program.js";
import { create, oldFiles, patch, planOf, remove, wholePlan } from "./write/plans.js";

/** The problems that a write ends with, after making sure that it changed nothing. */
function refuse(root: string, ...changes: readonly Change[]): readonly Problem[] {
  const before = readWholeTree(root);
  try {
    applyPlan(root, planOf(...changes));
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    expect(readWholeTree(root)).toEqual(before);
    return error.problems;
  }
  throw new Error("The plan was written.");
}

describe("a plan that can be written", () => {
  test("leaves the new texts and nothing beside them", () => {
    const root = createProjectFolder(oldFiles);
    applyPlan(root, wholePlan);
    expect(readWholeTree(root)).toEqual({
      "migrations/": "",
      "migrations/snapshot/": "",
      "migrations/snapshot/user_tasks.json": "644 {}\n",
      "package.json": "644 {}\n",
      "src/": "",
      "src/accounts/": "",
      "src/accounts/accounts.ts": "644 // accounts, new\n",
      "src/accounts/user-task.ts": "644 // user task\n",
      "src/accounts/user.ts": "644 // user, new\r\n",
      "src/other.ts": "644 // not in the plan\n",
      "src/works/": "",
      "src/works/deep/": "",
      "src/works/deep/task.ts": "644 // task: ünïcödé ⟷\n",
    });
  });

  test("touches nothing at all where everything is identical", () => {
    const root = createProjectFolder({ "a.ts": "a" });
    const { mtimeMs } = statSync(root);
    applyPlan(root, planOf({ kind: "identical", path: "a.ts" }, patch("a.ts", "a", "a")));
    expect(statSync(root).mtimeMs).toBe(mtimeMs);
  });

  test("makes a root that is not there yet", () => {
    const root = join(createTemporaryFolder(), "new", "app");
    applyPlan(root, planOf(create("package.json", "{}"), create("src/a.ts", "a")));
    expect(Object.keys(readWholeTree(root))).toEqual(["package.json", "src/", "src/a.ts"]);
  });

  test("keeps the mode and the owner of a patched file", () => {
    const root = createProjectFolder({ "run.ts": "old" });
    chmodSync(join(root, "run.ts"), 0o750);
    if (process.getuid?.() === 0) chownSync(join(root, "run.ts"), 12345, 54321);
    const { mode, uid, gid } = statSync(join(root, "run.ts"));
    applyPlan(root, planOf(patch("run.ts", "old", "new")));
    expect(statSync(join(root, "run.ts"))).toMatchObject({ mode, uid, gid });
  });

  test("writes to the file that a link leads to, and keeps the link", () => {
    const root = createProjectFolder({ "shared/user.ts": "old" });
    mkdirSync(join(root, "src"));
    symlinkSync("../shared/user.ts", join(root, "src/user.ts"));
    symlinkSync("../shared", join(root, "src/linked"));
    applyPlan(root, planOf(patch("src/user.ts", "old", "new"), create("src/linked/deep/task.ts", "task")));
    expect(readWholeTree(root)).toEqual({
      "shared/": "",
      "shared/deep/": "",
      "shared/deep/task.ts": "644 task",
      "shared/user.ts": "644 new",
      "src/": "",
      "src/linked": "-> ../shared",
      "src/user.ts": "-> ../shared/user.ts",
    });
  });

  test("shows nobody the text of a file that is closed to others", () => {
    const root = createProjectFolder({ "secret.ts": "old" });
    chmodSync(join(root, "secret.ts"), 0o600);
    const modes = new Set<number>();
    const onStep = () => {
      for (const name of readdirSync(root))
        if (name !== ".ashlar-lock") modes.add(statSync(join(root, name)).mode & 0o077);
    };
    applyPlan(root, planOf(patch("secret.ts", "old", "new")), { onStep });
    expect(modes).toEqual(new Set([0]));
  });

  test("keeps a byte order mark", () => {
    const root = createProjectFolder({ "a.ts": "\uFEFFold" });
    applyPlan(root, planOf(patch("a.ts", "\uFEFFold", "\uFEFFnew")));
    expect([...readFileSync(join(root, "a.ts")).subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 0x6e]);
  });
});

describe("a plan that meets another state than it was made from", () => {
  test("is refused with everything that differs, each file named", () => {
    const root = createProjectFolder({ "changed.ts": "edited since", "taken.ts": "", "folder.ts/a": "" });
    const problems = refuse(
      root,
      create("fine.ts", ""),
      patch("changed.ts", "as it was read", "new"),
      create("taken.ts", "new"),
      create("folder.ts", "new"),
      patch("gone.ts", "as it was read", "new"),
      remove("changed.ts", "as it was read"),
      remove("removed.ts", "as it was read"),
    );
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ["write.changed", '"changed.ts" has changed since it was read.'],
      ["write.exists", '"taken.ts" has appeared since the plan was made.'],
      ["write.exists", '"folder.ts" has appeared since the plan was made.'],
      ["write.gone", '"gone.ts" is no longer there as it was read.'],
      ["write.changed", '"changed.ts" has changed since it was read.'],
      ["write.gone", '"removed.ts" is no longer there as it was read.'],
    ]);
  });

  test("is refused where a byte differs that no text shows", () => {
    const root = createProjectFolder({});
    writeFileSync(join(root, "latin.ts"), Buffer.from("// caf\xe9", "latin1"));
    const before = readFileSync(join(root, "latin.ts"), "utf8");
    expect(refuse(root, patch("latin.ts", before, `${before}\n`))).toMatchObject([
      { code: "write.encoding" },
    ]);
  });

  test("is taken back when a file changes after the check, while it is written", () => {
    const root = createProjectFolder(oldFiles);
    const onStep = (step: string) => {
      if (step === "journal committed")
        writeFiles(root, { "src/accounts/user.ts": "// saved in the editor\n" });
    };
    const before = readWholeTree(root);
    expect(() => applyPlan(root, wholePlan, { onStep })).toThrow(
      '"src/accounts/user.ts" has changed since it was read.',
    );
    expect(readWholeTree(root)).toEqual({
      ...before,
      "src/accounts/user.ts": "644 // saved in the editor\n",
    });
  });

  test("is taken back with what it had deleted", () => {
    const root = createProjectFolder({ "a.ts": "a", "b.ts": "b" });
    const before = readWholeTree(root);
    const onStep = (step: string) => {
      if (step === "delete a.ts")
        throw Object.assign(new Error("full"), { code: "ENOSPC", errno: -28, syscall: "unlink" });
    };
    expect(() => applyPlan(root, planOf(remove("a.ts", "a"), remove("b.ts", "b")), { onStep })).toThrow(
      "Cannot write",
    );
    expect(readWholeTree(root)).toEqual(before);
  });

  test("is taken back when a file appears at the last moment, which stays", () => {
    const root = createProjectFolder(oldFiles);
    const onStep = (step: string) => {
      if (step === "place src/accounts/accounts.ts")
        writeFiles(root, { "src/works/deep/task.ts": "// mine\n" });
    };
    const before = readWholeTree(root);
    expect(() => applyPlan(root, wholePlan, { onStep })).toThrow('"src/works/deep/task.ts" has appeared');
    expect(readWholeTree(root)).toEqual({
      ...before,
      "src/works/": "",
      "src/works/deep/": "",
      "src/works/deep/task.ts": "644 // mine\n",
    });
  });
});

describe("a place that cannot be written to", () => {
  test("is named where it leads out of the project", () => {
    const root = createProjectFolder({ "src/a.ts": "" });
    writeFiles(join(root, ".."), { "outside/secret.ts": "secret" });
    symlinkSync("../../outside", join(root, "src/linked"));
    symlinkSync("../../outside/secret.ts", join(root, "src/secret.ts"));
    const problems = refuse(
      root,
      create("../outside/a.ts", ""),
      create("/tmp/a.ts", ""),
      create("src/linked/a.ts", ""),
      patch("src/secret.ts", "secret", "new"),
    );
    expect(problems.map(({ code }) => code)).toEqual(Array(4).fill("write.outside"));
  });

  test("is named where a file stands for a folder, and where a link is broken", () => {
    const root = createProjectFolder({ "src/accounts": "a file" });
    symlinkSync("nowhere.ts", join(root, "src/broken.ts"));
    symlinkSync("loop.ts", join(root, "src/loop.ts"));
    const problems = refuse(
      root,
      create("src/accounts/user.ts", ""),
      create("src/accounts/deep/task.ts", ""),
      create("src/broken.ts", ""),
      create("src/loop.ts", ""),
    );
    expect(problems.map(({ code }) => code)).toEqual([
      "write.not_a_folder",
      "write.not_a_folder",
      "write.dangling_link",
      "write.dangling_link",
    ]);
    expect(problems[0]?.message).toBe(
      'Cannot write "src/accounts/user.ts": "src/accounts" is a file, not a folder.',
    );
  });

  test("is refused before anything is written where permissions forbid it", async () => {
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const program = await buildKillableProgram();
    const root = createProjectFolder(oldFiles);
    chmodSync(join(root, ".."), 0o755);
    chmodSync(root, 0o777);
    chmodSync(join(root, "src/accounts"), 0o555);
    chmodSync(join(root, "src/accounts/user.ts"), 0o444);
    const before = readWholeTree(root);
    const { codes } = program.run("apply", root, 0, uid === undefined ? {} : { uid });
    program.remove();
    expect(codes).toContain("folder.unwritable");
    expect(readWholeTree(root)).toEqual(before);
  });

  test("is told where the system refuses in the middle, and everything is taken back", () => {
    const root = createProjectFolder(oldFiles);
    const onStep = (step: string) => {
      if (step.endsWith("mkdir migrations")) writeFiles(root, { "migrations/snapshot": "a file in the way" });
    };
    const before = readWholeTree(root);
    expect(() => applyPlan(root, wholePlan, { onStep })).toThrow(
      'Cannot write "migrations/snapshot/user_tasks.json": a part of the path is a file, not a folder (ENOTDIR).',
    );
    expect(readWholeTree(root)).toEqual({
      ...before,
      "migrations/": "",
      "migrations/snapshot": "644 a file in the way",
    });
  });

  test("leaves no root behind that was made for it", () => {
    const root = join(createTemporaryFolder(), "app");
    expect(() => applyPlan(root, planOf(create("../a.ts", "")))).toThrow("leads out of the project");
    expect(existsSync(root)).toBe(false);
    writeFiles(join(root, ".."), { app: "a file" });
    expect(() => applyPlan(join(root, "deep"), planOf(create("a.ts", "")))).toThrow('Cannot write "');
  });
});

test("two changes of one file are a defect of the generator", () => {
  const root = createProjectFolder({ "a.ts": "a" });
  expect(() => applyPlan(root, planOf(patch("a.ts", "a", "b"), patch("./a.ts", "a", "c")))).toThrow(
    'The plan changes "./a.ts" twice.',
  );
  expect(readWholeTree(root)).toEqual({ "a.ts": "644 a" });
});

describe("recovery", () => {
  const journal = {
    version: 1,
    state: "staged",
    title: "",
    token: "ab",
    isRootNew: false,
    folders: [],
    entries: [],
  };

  test("finds nothing where nothing was cut off", () => {
    expect(recover(createProjectFolder(oldFiles))).toBeUndefined();
    expect(recover(join(createTemporaryFolder(), "missing"))).toBeUndefined();
  });

  test("follows no journal out of the project", () => {
    const root = createProjectFolder({});
    const entries = [{ path: "a.ts", file: "../a.ts", before: null, after: "planted" }];
    writeFiles(root, { ".ashlar-journal.json": JSON.stringify({ ...journal, state: "committed", entries }) });
    expect(() => recover(root)).toThrow('"../a.ts" leads out of the project');
    expect(existsSync(join(root, "../a.ts"))).toBe(false);
  });

  test("that cannot delete what was edited since stops and says so", () => {
    const root = createProjectFolder({ "a.ts": "edited" });
    const entries = [{ path: "a.ts", file: "a.ts", before: "a", after: null }];
    writeFiles(root, { ".ashlar-journal.json": JSON.stringify({ ...journal, state: "committed", entries }) });
    expect(() => recover(root)).toThrow('it was to delete "a.ts", but it has been edited since');
    expect(readFileSync(join(root, "a.ts"), "utf8")).toBe("edited");
  });

  test.each([
    "",
    "{",
    "[]",
    JSON.stringify({ ...journal, version: 2 }),
    JSON.stringify({ ...journal, state: "done" }),
    JSON.stringify({ ...journal, token: "../x" }),
    JSON.stringify({ ...journal, entries: [{ path: "a.ts" }] }),
    JSON.stringify({ ...journal, entries: [{ path: "a.ts", file: "a.ts", before: null, after: null }] }),
  ])("stops at the journal %j, which it did not write", (text) => {
    const root = createProjectFolder({ ".ashlar-journal.json": text });
    expect(() => recover(root)).toThrow("is not a journal that this version of ashlar wrote");
    expect(readWholeTree(root)).toEqual({ ".ashlar-journal.json": `644 ${text}` });
  });
});
