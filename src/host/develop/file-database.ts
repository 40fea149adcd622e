import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { failure, isAshlarError } from "../../support/problem.js";
import { acquireProcessLock } from "../../support/process-lock.js";
import { isInside } from "../disk-tree.js";
import { resolveReal } from "./suspicions.js";

/** A database that is a file or a folder; `path` and `root` are absolute. */
export interface FileDatabase {
  readonly kind: "pglite" | "sqlite";
  readonly path: string;
  readonly root: string;
}

/** Is there anything where the database belongs? A folder without entries is none. */
export function hasFileDatabase({ path }: FileDatabase): boolean {
  return existsSync(path) && (!lstatSync(resolveReal(path)).isDirectory() || readdirSync(path).length > 0);
}

/** Makes the folder that the database is to lie in. The first connection makes the rest; false where it is there. */
export function createFileDatabase(database: FileDatabase): boolean {
  mkdirSync(dirname(database.path), { recursive: true });
  return !hasFileDatabase(database);
}

/**
 * Deletes the database; false where there is none. What is no database, or holds the project itself, is never deleted.
 *
 * @throws AshlarError `develop.drop.foreign`, `database.locked`
 */
export function dropFileDatabase(database: FileDatabase): boolean {
  if (!hasFileDatabase(database)) return false;
  const path = resolveReal(database.path);
  if (isInside(path, database.root)) throw createForeignError(path, "it holds the project itself");
  if (database.kind === "pglite") dropFolder(path);
  else dropFile(path);
  return true;
}

/** The side files go first: a journal that is left behind would be played into the next database of that name. */
function dropFile(path: string): void {
  if (!isSqliteFile(path)) throw createForeignError(path, "it is no file of SQLite");
  for (const suffix of ["-journal", "-wal", "-shm", ""]) rmSync(path + suffix, { force: true });
}

const sqliteHeader = "SQLite format 3\0";

/** A file without a byte is a database that nothing has been written to. */
function isSqliteFile(path: string): boolean {
  if (!lstatSync(path).isFile()) return false;
  const head = Buffer.alloc(sqliteHeader.length);
  const descriptor = openSync(path, "r");
  try {
    const count = readSync(descriptor, head, 0, head.length, 0);
    return count === 0 || head.toString("latin1") === sqliteHeader;
  } finally {
    closeSync(descriptor);
  }
}

/** Whoever has the folder open keeps it. Renamed first, so that a kill leaves no half of a database in its place. */
function dropFolder(path: string): void {
  if (!isPgliteFolder(path)) throw createForeignError(path, "it is no folder of PGlite");
  const lock = lockFolder(path);
  try {
    const doomed = `${path}.dropped`;
    rmSync(doomed, { recursive: true, force: true });
    renameSync(path, doomed);
    rmSync(doomed, { recursive: true, force: true });
  } finally {
    lock.release();
  }
}

/** The second is there from the first moment of a first start to its end. */
function isPgliteFolder(path: string): boolean {
  return existsSync(join(path, "PG_VERSION")) || existsSync(join(path, "ashlar-first-start"));
}

function lockFolder(path: string): { release(): void } {
  try {
    return acquireProcessLock(`${path}.lock`, { purpose: "dropping the database" });
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    throw failure(...error.problems.map((problem) => ({ ...problem, code: "database.locked" })));
  }
}

function createForeignError(path: string, why: string): Error {
  return failure({
    code: "develop.drop.foreign",
    message: `"${path}" is not deleted: ${why}.`,
    hint: 'Look at "connection" in the knexfile. If it may go, delete it yourself.',
  });
}
