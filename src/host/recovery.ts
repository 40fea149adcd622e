import { readdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { AshlarError, failure, isAshlarError, type Problem } from "../support/problem.js";
import { acquireProcessLock } from "../support/process-lock.js";
import { isSystemError } from "./system-error.js";
import type { StepListener } from "./write/durable-file.js";
import { hasJournal, readJournal, removeJournal, type Journal, type JournalEntry } from "./write/journal.js";
import { createRecoveryProblem, createStuckProblem } from "./write/problems.js";
import { isProblem, resolveTarget } from "./write/target.js";
import {
  ConflictError,
  getTemporaryFile,
  removeEmptyFolder,
  rollBack,
  rollForward,
  type Transaction,
} from "./write/transaction.js";

/** What was found of a write that had been cut off, and what became of it. */
export interface Recovery {
  readonly outcome: "finished" | "undone";
  /** The title of the plan that was being written. */
  readonly title: string;
  /** The files of that plan. */
  readonly paths: readonly string[];
}

/** In the root while something is written. */
export const writeLockName = ".ashlar-lock";

/**
 * Ends a write that was cut off: finishes it if it had been committed, else takes it back. Every command calls this
 * first; where nothing was cut off it costs one look into the root.
 *
 * @throws AshlarError `recovery.conflict` where a file was edited since, `journal.invalid`, and `lock.held` where the
 * write is not cut off but under way
 * @example
 * recover("/home/ada/shop"); // { outcome: "finished", title: "User ⟷ Task, through UserTask", paths: [...] }
 */
export function recover(root: string, options: { onStep?: StepListener } = {}): Recovery | undefined {
  if (!hasLeftovers(root)) return undefined;
  const step = options.onStep ?? ignoreStep;
  const lock = acquireUnlessIdle(root);
  if (lock === undefined) return undefined;
  let journal: Journal | undefined;
  try {
    journal = recoverLocked(realpathSync(root), step);
  } finally {
    lock.release();
  }
  if (journal === undefined) return undefined;
  const outcome = journal.state === "committed" ? "finished" : "undone";
  if (outcome === "undone" && journal.isRootNew) removeEmptyFolder(root, step);
  return { outcome, title: journal.title, paths: journal.entries.map((entry) => entry.path) };
}

/** For who holds the lock: ends the write whose journal is found, and gives the journal. */
export function recoverLocked(realRoot: string, step: StepListener): Journal | undefined {
  const journal = readJournal(realRoot);
  if (journal !== undefined) {
    checkPlaces(realRoot, journal);
    endWrite({ realRoot, journal, step });
  }
  if (hasJournal(realRoot)) removeJournal(realRoot, step);
  return journal;
}

function endWrite(transaction: Transaction): void {
  const { realRoot, journal } = transaction;
  try {
    if (journal.state === "committed") rollForward(transaction);
    else rollBack(transaction);
  } catch (error) {
    if (isSystemError(error)) throw failure(createStuckProblem("ending a write that was cut off", error));
    if (!(error instanceof ConflictError)) throw error;
    const toProblem = (entry: JournalEntry) =>
      createRecoveryProblem(entry, relative(realRoot, getTemporaryFile(transaction, entry)));
    throw failure(...error.entries.map(toProblem));
  }
}

/** A journal is a file in the project like others: it may not lead out of it. */
function checkPlaces(realRoot: string, journal: Journal): void {
  const paths = [...journal.entries.map((entry) => entry.file), ...journal.folders];
  const problems = paths.map((path) => resolveTarget(realRoot, path)).filter(isProblem);
  const outside = problems.filter((problem: Problem) => problem.code === "write.outside");
  if (outside.length > 0) throw new AshlarError("failure", outside);
}

/** A lock that is held without a journal is a write that has changed nothing yet: no reason to stop. */
function acquireUnlessIdle(root: string): { release(): void } | undefined {
  try {
    return acquireProcessLock(join(root, writeLockName), { purpose: "recovering a write that was cut off" });
  } catch (error) {
    if (isAshlarError(error) && !hasJournal(root)) return undefined;
    throw error;
  }
}

function hasLeftovers(root: string): boolean {
  try {
    return readdirSync(root).some((name) => name.startsWith(".ashlar-"));
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function ignoreStep(): void {}
