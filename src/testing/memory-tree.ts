import type { FileTree } from "../generator/file-tree.js";

/** A project's files in memory, seen as the generator sees files. */
export function createMemoryTree(files: ReadonlyMap<string, string>): FileTree {
  return {
    read: (path) => files.get(path),
    list: (folder) => [...files.keys()].filter((path) => isListed(folder, path)).sort(),
  };
}

function isListed(folder: string, path: string): boolean {
  const inside = folder === "" || folder === "." ? path : path.slice(folder.length + 1);
  const folders = inside.split("/").slice(0, -1);
  return (
    (inside === path || path.startsWith(`${folder}/`)) &&
    folders.every((name) => name !== "node_modules" && !name.startsWith("."))
  );
}
