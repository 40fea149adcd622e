import { accessSync, constants, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Problem } from "../../support/problem.js";
import { isInside } from "../disk-tree.js";
import { createUnreadableProblem, describeSystemError, isSystemError } from "../system-error.js";

/** Where a file of a plan lies when links are followed. Paths are relative to the real root, with `/`. */
export interface Target {
  readonly file: string;
  /** The folders that have to be made for it, the outer before the inner. */
  readonly folders: readonly string[];
}

/** Follows the path of a change to the file that it means, or says why nothing can be written there. */
export function resolveTarget(realRoot: string, path: string): Target | Problem {
  try {
    return followPath(realRoot, path);
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ELOOP")) return createDanglingProblem(path);
    if (isSystemError(error)) return createUnreadableProblem("file", path, error);
    throw error;
  }
}

export function isProblem(value: Target | Problem): value is Problem {
  return "code" in value;
}

function followPath(realRoot: string, path: string): Target | Problem {
  const wanted = resolve(realRoot, path);
  if (wanted === realRoot || !isInside(realRoot, wanted)) return createOutsideProblem(path, wanted);
  const { existing, missing } = splitAtExisting(wanted);
  const real = realpathSync(existing);
  if (!isInside(realRoot, real)) return createOutsideProblem(path, real);
  const toPath = (file: string) => relative(realRoot, file).split(sep).join("/");
  if (missing.length > 0 && !statSync(real).isDirectory())
    return createNotFolderProblem(path, toPath(existing));
  const folder = missing.length > 0 ? real : dirname(real);
  const unwritable = findUnwritable(folder, real);
  if (unwritable !== undefined) return createUnwritableProblem(toPath(unwritable.path) || ".", unwritable);
  const steps = missing.map((_, index) => join(real, ...missing.slice(0, index + 1)));
  return { file: toPath(steps.at(-1) ?? real), folders: steps.slice(0, -1).map(toPath) };
}

/** The longest part of the path that exists, be it a broken link, and the names after it. */
function splitAtExisting(path: string): { existing: string; missing: string[] } {
  const missing: string[] = [];
  let existing = path;
  while (!isThere(existing)) {
    missing.unshift(basename(existing));
    existing = dirname(existing);
  }
  return { existing, missing };
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

interface Unwritable {
  readonly what: "file" | "folder";
  readonly path: string;
  readonly error: NodeJS.ErrnoException;
}

function findUnwritable(folder: string, file: string): Unwritable | undefined {
  const folderError = checkAccess(folder, constants.W_OK | constants.X_OK);
  if (folderError !== undefined) return { what: "folder", path: folder, error: folderError };
  const fileError = folder === file ? undefined : checkAccess(file, constants.W_OK);
  return fileError === undefined ? undefined : { what: "file", path: file, error: fileError };
}

function checkAccess(path: string, mode: number): NodeJS.ErrnoException | undefined {
  try {
    accessSync(path, mode);
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

function createUnwritableProblem(path: string, { what, error }: Unwritable): Problem {
  return {
    code: `${what}.unwritable`,
    message: `Cannot write to the ${what} "${path}": ${describeSystemError(error)}.`,
    hint: `Make it writable, then run the command again: ls -ld ${path}`,
  };
}

function createOutsideProblem(path: string, real: string): Problem {
  return {
    code: "write.outside",
    message: `"${path}" leads out of the project, to "${real}".`,
    hint: "ashlar writes nothing outside the project's folder. Look at the links on the way, or choose another path.",
  };
}

function createNotFolderProblem(path: string, blocking: string): Problem {
  return {
    code: "write.not_a_folder",
    message: `Cannot write "${path}": "${blocking}" is a file, not a folder.`,
    hint: `Move "${blocking}" away or choose another name.`,
  };
}

function createDanglingProblem(path: string): Problem {
  return {
    code: "write.dangling_link",
    message: `Cannot write "${path}": on its way is a link that leads nowhere.`,
    hint: `Look at the links, and repair or delete the broken one: ls -l ${path}`,
  };
}
