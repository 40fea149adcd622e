/**
 * A lock that a process holds by a file. The file appears together with its content (written aside, then linked), so
 * whoever meets it can read who holds it.
 *
 * A holder that was killed leaves its file. Removing it is where such locks usually go wrong: two processes find the
 * same dead holder, the first removes its file and takes the lock, the second then removes the file of the first. So
 * the file of the dead holder T is only removed under a second lock, `<path>.<T>`, taken by this same function, after
 * reading once more that the holder still is T. Tokens never come back, so a late-comer's T is never found again.
 *
 * Files that killed processes left aside are swept by whoever holds `path`: they can only be about holders before it.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { failure, type AshlarError } from "./problem.js";
import {
  createLockHolder,
  isHolderDead,
  isThisProcess,
  parseLockHolder,
  tokenPattern,
  type LockHolder,
} from "./process-lock-holder.js";

export interface ProcessLock {
  /** The file, absolute. */
  readonly path: string;
  /** Gives the lock up; a second call does nothing. Also done when the process ends by itself. */
  release(): void;
}

/** An unreadable lock file has no holder to name, and is held all the same. */
type Attempt =
  | { readonly kind: "acquired"; readonly lock: ProcessLock }
  | { readonly kind: "held"; readonly holder: LockHolder | undefined };

const heldLocks = new Set<ProcessLock>();
const maximumAttempts = 2000;
const pauseMilliseconds = 2;
const leftoverSuffix = new RegExp(`^${tokenPattern}(\\.${tokenPattern})*(\\.new)?$`);

/**
 * Takes the lock at `path`, whose folder exists, at once or not at all; `purpose` says in a phrase what for. A lock
 * whose process has ended is recovered, one that may be alive never.
 *
 * @throws AshlarError `lock.held`, which names the holder, and `lock.unwritable` where the file cannot be made.
 * @example
 * const lock = acquireProcessLock("data.lock", { purpose: "the database in data" });
 * try { … } finally { lock.release(); }
 */
export function acquireProcessLock(path: string, options: { purpose: string }): ProcessLock {
  const file = resolve(path);
  try {
    const attempt = attemptLock(file, options.purpose);
    if (attempt.kind === "held") throw createHeldError(file, attempt.holder);
    sweepLeftovers(file);
    return attempt.lock;
  } catch (error) {
    throw isSystemError(error) ? createUnwritableError(file, error) : error;
  }
}

function attemptLock(path: string, purpose: string): Attempt {
  const own = createLockHolder(purpose);
  let holder: LockHolder | undefined = own;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const found = readHolder(path);
    if (found === "absent") {
      if (placeFile(path, own)) return { kind: "acquired", lock: createLock(path, own.token) };
      continue;
    }
    holder = found;
    if (holder === undefined || !isHolderDead(holder)) break;
    if (!removeDeadHolder(path, holder.token)) pause();
  }
  return { kind: "held", holder };
}

function createLock(path: string, token: string): ProcessLock {
  const lock = {
    path,
    release() {
      if (!heldLocks.delete(lock)) return;
      if (heldLocks.size === 0) process.off("exit", releaseAll);
      removeIfHeldBy(path, token);
    },
  };
  if (heldLocks.size === 0) process.on("exit", releaseAll);
  heldLocks.add(lock);
  return lock;
}

function releaseAll(): void {
  for (const lock of heldLocks) lock.release();
}

/** False where another process is at the same removal. */
function removeDeadHolder(path: string, token: string): boolean {
  const guard = attemptLock(`${path}.${token}`, "recovering the lock of a process that has ended");
  if (guard.kind === "held") return false;
  try {
    removeIfHeldBy(path, token);
  } finally {
    guard.lock.release();
  }
  return true;
}

function removeIfHeldBy(path: string, token: string): void {
  const holder = readHolder(path);
  if (holder !== "absent" && holder?.token === token) rmSync(path, { force: true });
}

function readHolder(path: string): LockHolder | undefined | "absent" {
  try {
    return parseLockHolder(readFileSync(path, "utf8"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) return "absent";
    throw error;
  }
}

/** Makes the lock file with its content in one step; false where there is one already or the sweep took the draft. */
function placeFile(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${holder.token}.new`;
  writeNewFile(draft, holder);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST", "ENOENT")) return false;
    if (hasCode(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EACCES"))
      return placeWithoutLink(path, holder);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** For file systems without hard links: as exclusive, but who is killed within leaves a file that names nobody. */
function placeWithoutLink(path: string, holder: LockHolder): boolean {
  try {
    writeNewFile(path, holder);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** On a full disk the file can be made and not filled: it is taken away again, since it would name nobody. */
function writeNewFile(path: string, holder: LockHolder): void {
  const file = openSync(path, "wx");
  try {
    fillFile(file, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function fillFile(file: number, text: string): void {
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Leftovers are in nobody's way, so a folder that cannot be listed is no reason to fail. */
function sweepLeftovers(path: string): void {
  try {
    for (const name of readdirSync(dirname(path)).filter((name) => isLeftover(name, `${basename(path)}.`))) {
      rmSync(join(dirname(path), name), { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

function isLeftover(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && leftoverSuffix.test(name.slice(prefix.length));
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMilliseconds);
}

function createHeldError(path: string, holder: LockHolder | undefined): AshlarError {
  return failure({
    code: "lock.held",
    message: `"${path}" is held by ${holder === undefined ? "someone who left no name in it" : describeHolder(holder)}.`,
    hint: `${describeWayOut(holder)} If it has ended, delete "${path}".`,
  });
}

function describeHolder(holder: LockHolder): string {
  const who = isThisProcess(holder) ? `this process (${holder.pid})` : `process ${holder.pid}`;
  return `${who} on "${holder.host}" since ${holder.startedAt}, for ${holder.purpose} (${holder.command})`;
}

function describeWayOut(holder: LockHolder | undefined): string {
  if (holder === undefined) return "Look for the process that uses it.";
  if (isThisProcess(holder)) return "Release it first.";
  return `Wait for it, or stop it there: kill ${holder.pid}.`;
}

function createUnwritableError(path: string, cause: Error): AshlarError {
  return failure({
    code: "lock.unwritable",
    message: `Cannot make the lock "${path}": ${cause.message}.`,
    hint: hasCode(cause, "ENOSPC", "EDQUOT")
      ? "Make room on the disk, then run the command again."
      : `Look at the permissions of "${dirname(path)}".`,
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return isSystemError(error) && error.code !== undefined && codes.includes(error.code);
}
