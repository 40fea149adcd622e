import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { createProjectFolder, writeFiles } from "./temporary-project.js";

describe("list", () => {
  test("gives every file below a folder, sorted, but for node_modules and dot folders", () => {
    const root = createProjectFolder({
      "src/works/task.ts": "",
      "src/accounts/user.ts": "",
      "src/accounts.ts": "",
      "src/.env": "",
      "src/.cache/a.ts": "",
      "src/node_modules/a/index.js": "",
      "other/a.ts": "",
    });
    const files = createDiskTree(root);
    expect(files.list("src")).toEqual([
      "src/.env",
      "src/accounts.ts",
      "src/accounts/user.ts",
      "src/works/task.ts",
    ]);
    expect(files.list("src/")).toEqual(files.list("./src"));
    expect(files.list(".")).toEqual(["other/a.ts", ...files.list("src")]);
  });

  test("is empty where there is no such folder", () => {
    const files = createDiskTree(createProjectFolder({ "a.ts": "" }));
    expect(files.list("missing")).toEqual([]);
    expect(files.list("a.ts")).toEqual([]);
    expect(files.list("a.ts/deep")).toEqual([]);
  });

  test("follows links within the project, each file once, and none out of it", () => {
    const root = createProjectFolder({ "src/a.ts": "", "shared/b.ts": "", "src/deep/c.ts": "" });
    writeFiles(join(root, ".."), { "outside/d.ts": "" });
    symlinkSync("../shared", join(root, "src/shared"));
    symlinkSync("../shared", join(root, "src/shared-again"));
    symlinkSync("../shared/b.ts", join(root, "src/b.ts"));
    symlinkSync("a.ts", join(root, "src/a-again.ts"));
    symlinkSync("..", join(root, "src/deep/loop"));
    symlinkSync("../..", join(root, "src/deep/everything"));
    symlinkSync("../src", join(root, "shared/back"));
    symlinkSync("../../outside", join(root, "src/outside"));
    symlinkSync("../../outside/d.ts", join(root, "src/d.ts"));
    symlinkSync("nowhere", join(root, "src/broken"));
    expect(createDiskTree(root).list("src")).toEqual([
      "src/a.ts",
      "src/b.ts",
      "src/deep/c.ts",
      "src/shared/b.ts",
    ]);
  });

  test("stays in the project", () => {
    const root = createProjectFolder({});
    writeFiles(join(root, ".."), { "outside/d.ts": "" });
    expect(createDiskTree(root).list("../outside")).toEqual([]);
  });
});

describe("read", () => {
  test("gives the text of a file, and undefined where there is none", () => {
    const files = createDiskTree(createProjectFolder({ "src/a.ts": "\uFEFFline\r\n", "src/empty.ts": "" }));
    expect(files.read("src/a.ts")).toBe("\uFEFFline\r\n");
    expect(files.read("src/empty.ts")).toBe("");
    expect(files.read("src/missing.ts")).toBeUndefined();
    expect(files.read("src/a.ts/deep.ts")).toBeUndefined();
    expect(files.read("src")).toBeUndefined();
  });

  test("remembers what it read, so that one command sees one state", () => {
    const root = createProjectFolder({ "a.ts": "first" });
    const files = createDiskTree(root);
    expect([files.read("a.ts"), files.read("b.ts"), files.list("")]).toEqual(["first", undefined, ["a.ts"]]);
    writeFiles(root, { "a.ts": "second", "b.ts": "new" });
    expect([files.read("a.ts"), files.read("b.ts"), files.list("")]).toEqual(["first", undefined, ["a.ts"]]);
  });

  test("gives nothing from outside the project", () => {
    const root = createProjectFolder({});
    writeFiles(join(root, ".."), { "secret.ts": "secret" });
    symlinkSync("../secret.ts", join(root, "secret.ts"));
    symlinkSync("..", join(root, "up"));
    const files = createDiskTree(root);
    expect(["../secret.ts", "secret.ts", "up/secret.ts"].map((path) => files.read(path))).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe("what cannot be read", () => {
  test("is a problem that names the file", () => {
    const root = createProjectFolder({});
    symlinkSync("loop.ts", join(root, "loop.ts"));
    expect(() => createDiskTree(root).read("loop.ts")).toThrow(
      'Cannot read the file "loop.ts": a loop of symbolic links (ELOOP).',
    );
  });

  test("is a problem that names the folder or file that the permissions close", () => {
    const root = createProjectFolder({ "src/closed/a.ts": "", "closed.ts": "" });
    const files = createDiskTree(root);
    for (const path of ["src/closed", "closed.ts"]) chmodSync(join(root, path), 0);
    asOrdinaryUser(() => {
      expect(() => files.list("src")).toThrow(
        'Cannot read the folder "src/closed": permission denied (EACCES).',
      );
      expect(() => files.read("closed.ts")).toThrow(
        'Cannot read the file "closed.ts": permission denied (EACCES).',
      );
    });
    chmodSync(join(root, "src/closed"), 0o755);
  });
});

/** The superuser may read everything, so that the permissions are tried as someone else. */
function asOrdinaryUser(run: () => void): void {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65_534);
  try {
    run();
  } finally {
    process.seteuid?.(0);
  }
}

test("the root may itself be a link", () => {
  const root = createProjectFolder({ "src/a.ts": "text" });
  symlinkSync(root, `${root}-link`);
  const files = createDiskTree(`${root}-link`);
  expect([files.list("src"), files.read("src/a.ts"), files.read("package.json")]).toEqual([
    ["src/a.ts"],
    "text",
    undefined,
  ]);
});
