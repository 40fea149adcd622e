import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { failure, type Problem } from "../../support/problem.js";
import { createUnreadableProblem, describeSystemError, isSystemError } from "../system-error.js";

/** What a folder may hold and still count as empty. */
const harmless = [".git", ".DS_Store", "Thumbs.db"];

/**
 * Makes sure that a project can be made in a folder: it is empty or not there, and can be written to. A repository that
 * git has just made is empty.
 *
 * @param folder absolute
 * @param written as it was typed, for the messages
 * @throws AshlarError `new.folder.used`, `new.folder.file`, `folder.unwritable`, `folder.unreadable`
 */
export function checkNewFolder(folder: string, written: string): void {
  const problem = isFolder(folder) ? checkContent(folder, written) : undefined;
  const refusal = problem ?? checkAccess(findExisting(folder), written);
  if (refusal !== undefined) throw failure(refusal);
}

function checkContent(folder: string, written: string): Problem | undefined {
  const name = readNames(folder, written).find((entry) => !harmless.includes(entry));
  if (name === undefined) return undefined;
  return {
    code: "new.folder.used",
    message: `The folder "${written}" is not empty: it holds "${name}".`,
    hint: "Choose one that is not there yet, or set ashlar up in a project that exists: npx ashlar init",
  };
}

function readNames(folder: string, written: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    throw isSystemError(error) ? failure(createUnreadableProblem("folder", written, error)) : error;
  }
}

/** The folder itself or the nearest above it that is there, be it a file. */
function findExisting(path: string): string {
  return isThere(path) || dirname(path) === path ? path : findExisting(dirname(path));
}

function checkAccess(existing: string, written: string): Problem | undefined {
  if (!isFolder(existing)) {
    return {
      code: "new.folder.file",
      message: `No folder "${written}" can be made: "${existing}" is a file.`,
      hint: "Choose another folder, such as: npx ashlar new my-app",
    };
  }
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {
      code: "folder.unwritable",
      message: `Cannot write to the folder "${existing}": ${describeSystemError(error)}.`,
      hint: `Make it writable, or choose another folder: ls -ld ${existing}`,
    };
  }
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // Behind a file, or behind a folder that may not be entered: the first of those above that is there will tell.
    if (isSystemError(error, "ENOTDIR", "EACCES")) return false;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return isThere(path) && statSync(path).isDirectory();
}
