import { describe, expect, test } from "vitest";
import { createMemoryTree } from "../../src/testing/memory-tree.js";

const paths = ["src/b.ts", "src/a/c.ts", "srcs/d.ts", "src/node_modules/e/f.ts", "src/.cache/g.ts", "h.json"];
const tree = createMemoryTree(new Map(paths.map((path) => [path, `text of ${path}`])));

describe("a tree in memory", () => {
  test("reads a file, and nothing where there is none", () => {
    expect(tree.read("src/b.ts")).toBe("text of src/b.ts");
    expect(tree.read("src")).toBeUndefined();
  });

  test("lists what lies below a folder, sorted, without packages and hidden folders, as a tree on disk does", () => {
    expect(tree.list("src")).toEqual(["src/a/c.ts", "src/b.ts"]);
    expect(tree.list("nowhere")).toEqual([]);
  });

  test.each(["", "."])("lists everything below its root, named %j", (root) => {
    expect(tree.list(root)).toEqual(["h.json", "src/a/c.ts", "src/b.ts", "srcs/d.ts"]);
  });
});
