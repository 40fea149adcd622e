import { readFileSync, readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import type { FileTree } from "../generator/file-tree.js";
import { failure } from "../support/problem.js";
import { createUnreadableProblem, isSystemError } from "./system-error.js";

/**
 * The project's files on disk. What was read once is remembered, so that a command sees one state of each file and a
 * plan's `before` is what its patch was computed from. Nothing outside the root is read or listed: links that lead out
 * of it are passed over, as is a link to what the listed folder holds anyway.
 *
 * Its methods throw AshlarError `file.unreadable` or `folder.unreadable`.
 *
 * @example
 * const files = createDiskTree("/home/ada/shop");
 * files.list("src");            // ["src/accounts/accounts.ts", "src/accounts/user.ts"]
 * files.read("src/missing.ts"); // undefined
 */
export function createDiskTree(root: string): FileTree {
  const disk: Disk = { root, realRoot: realpathSync(root), listed: new Set() };
  const texts = new Map<string, string | undefined>();
  const lists = new Map<string, readonly string[]>();
  return {
    read: (path) => remember(texts, path, () => readText(disk, path)),
    list: (folder) => remember(lists, folder, () => listFolder(disk, folder)),
  };
}

interface Disk {
  readonly root: string;
  readonly realRoot: string;
  /** Files met while listing: known to lie inside the root, so that reading them asks no more. */
  readonly listed: Set<string>;
}

function remember<Value>(memory: Map<string, Value>, key: string, read: () => Value): Value {
  const known = memory.get(key);
  // Where the key is there, undefined is the value itself.
  if (known !== undefined || memory.has(key)) return known as Value;
  const value = read();
  memory.set(key, value);
  return value;
}

function readText(disk: Disk, path: string): string | undefined {
  const file = join(disk.root, path);
  try {
    if (!disk.listed.has(path) && !isInside(disk.realRoot, realpathSync(file))) return undefined;
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR", "EISDIR")) return undefined;
    throw isSystemError(error) ? failure(createUnreadableProblem("file", path, error)) : error;
  }
}

function listFolder(disk: Disk, folder: string): readonly string[] {
  const path = relative(disk.root, join(disk.root, folder)).split(sep).join("/");
  const real = resolveInside(disk, path);
  if (real === undefined) return [];
  const found: string[] = [];
  collectFiles({ disk, found, entered: [real] }, path);
  for (const file of found) disk.listed.add(file);
  return found.sort();
}

interface Walk {
  readonly disk: Disk;
  readonly found: string[];
  /** Real paths of the listed folder and of those entered through links; what lies in them is found already. */
  readonly entered: string[];
}

function collectFiles(walk: Walk, folder: string): void {
  for (const entry of readEntries(walk.disk, folder)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) walk.found.push(path);
    else if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) collectFiles(walk, path);
    } else if (entry.isSymbolicLink()) collectLink(walk, path, entry.name);
  }
}

function collectLink(walk: Walk, path: string, name: string): void {
  const real = resolveInside(walk.disk, path);
  if (real === undefined || walk.entered.some((folder) => isInside(folder, real))) return;
  const stats = statSync(real);
  if (stats.isFile()) walk.found.push(path);
  else if (
    stats.isDirectory() &&
    !isSkipped(name) &&
    !walk.entered.some((folder) => isInside(real, folder))
  ) {
    walk.entered.push(real);
    collectFiles(walk, path);
  }
}

function readEntries(disk: Disk, folder: string): readonly Dirent[] {
  try {
    return readdirSync(join(disk.root, folder), { withFileTypes: true });
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return [];
    const named = folder === "" ? "." : folder;
    throw isSystemError(error) ? failure(createUnreadableProblem("folder", named, error)) : error;
  }
}

/** The real path where there is such an entry and it lies inside the root. */
function resolveInside(disk: Disk, path: string): string | undefined {
  try {
    const real = realpathSync(join(disk.root, path));
    return isInside(disk.realRoot, real) ? real : undefined;
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR", "ELOOP")) return undefined;
    throw isSystemError(error) ? failure(createUnreadableProblem("folder", path, error)) : error;
  }
}

/** Is `path` the folder itself or below it? Both are absolute and real. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isSkipped(folder: string): boolean {
  return folder === "node_modules" || folder.startsWith(".");
}
