import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { isDeletion, isWrite, type Deletion, type Plan, type Write } from "../generator/plan.js";
import { failure, type Problem } from "../support/problem.js";
import { acquireProcessLock } from "../support/process-lock.js";
import { recoverLocked, writeLockName } from "./recovery.js";
import { isSystemError } from "./system-error.js";
import type { StepListener } from "./write/durable-file.js";
import { removeJournal, writeJournal, type Journal, type JournalEntry } from "./write/journal.js";
import { createChangedProblem, createFailedProblem, createStuckProblem } from "./write/problems.js";
import { isProblem, resolveTarget } from "./write/target.js";
import {
  ConflictError,
  getTemporaryFile,
  readState,
  removeEmptyFolder,
  rollBack,
  rollForward,
  stage,
  type Transaction,
} from "./write/transaction.js";

/**
 * Writes and deletes what a plan says, all or nothing: through temporary files and a journal, so that a process killed at any moment
 * leaves what `recover` makes whole. `onStep` is told after each single change to the disk.
 *
 * @throws AshlarError with every problem found before anything is touched: `write.changed`, `write.exists`,
 * `write.gone`, `write.encoding`, `write.outside`, `write.not_a_folder`, `write.dangling_link`, `folder.unwritable`,
 * `file.unwritable`; and `write.failed`, `lock.held`, `lock.unwritable`
 * @example
 * applyPlan("/home/ada/shop", plan);
 */
export function applyPlan(root: string, plan: Plan, options: { onStep?: StepListener } = {}): void {
  // A deleted file comes back without its mode and owner, so files are deleted once nothing else can fail.
  const edits = [...plan.changes.filter(isWrite), ...plan.changes.filter(isDeletion)];
  if (edits.length === 0) return;
  const step = options.onStep ?? (() => {});
  const isRootNew = !existsSync(root);
  if (isRootNew) makeRoot(root);
  try {
    writeLocked(root, (realRoot) => createJournal(realRoot, edits, { title: plan.title, isRootNew }), step);
  } catch (error) {
    if (isRootNew) removeEmptyFolder(root, step);
    throw error;
  }
}

function writeLocked(root: string, prepare: (realRoot: string) => Journal, step: StepListener): void {
  const lock = acquireProcessLock(join(root, writeLockName), { purpose: "writing files" });
  try {
    step("locked");
    const realRoot = realpathSync(root);
    recoverLocked(realRoot, step);
    commit(realRoot, prepare(realRoot), step);
  } finally {
    lock.release();
  }
  step("unlocked");
}

function commit(realRoot: string, journal: Journal, step: StepListener): void {
  const committed: Journal = { ...journal, state: "committed" };
  const undoing: Journal = { ...journal, state: "undoing" };
  let reached: Journal = journal;
  try {
    writeJournal(realRoot, journal, step);
    stage({ realRoot, journal, step });
    writeJournal(realRoot, committed, step);
    reached = undoing;
    rollForward({ realRoot, journal: committed, step });
  } catch (error) {
    takeBack({ realRoot, journal: reached, step });
    throw toProblems({ realRoot, journal, step }, error);
  }
  removeJournal(realRoot, step);
}

function createJournal(
  realRoot: string,
  edits: readonly (Write | Deletion)[],
  { title, isRootNew }: Pick<Journal, "title" | "isRootNew">,
): Journal {
  const problems: Problem[] = [];
  const entries: JournalEntry[] = [];
  const folders = new Set<string>();
  for (const change of edits) {
    const target = resolveTarget(realRoot, change.path);
    if (isProblem(target)) {
      problems.push(target);
      continue;
    }
    const before = change.kind === "create" ? null : change.before;
    const entry = {
      path: change.path,
      file: target.file,
      before,
      after: change.kind === "delete" ? null : change.after,
    };
    if (readState(realRoot, entry) !== "before") problems.push(createChangedProblem(realRoot, entry));
    entries.push(entry);
    for (const folder of target.folders) folders.add(folder);
  }
  if (problems.length > 0) throw failure(...problems);
  checkDistinct(entries);
  const token = randomBytes(4).toString("hex");
  return { version: 1, state: "staged", title, token, isRootNew, folders: [...folders], entries };
}

/** Two changes of one file would each be computed without the other: a defect of the generator. */
function checkDistinct(entries: readonly JournalEntry[]): void {
  const seen = new Set<string>();
  for (const { file, path } of entries) {
    if (seen.has(file)) throw new Error(`The plan changes "${path}" twice.`);
    seen.add(file);
  }
}

function makeRoot(root: string): void {
  try {
    mkdirSync(root, { recursive: true });
  } catch (error) {
    throw isSystemError(error) ? failure(createFailedProblem(root, error)) : error;
  }
}

function takeBack({ realRoot, journal, step }: Transaction): void {
  try {
    if (journal.state === "undoing") writeJournal(realRoot, journal, step);
    rollBack({ realRoot, journal, step });
    removeJournal(realRoot, step);
  } catch (error) {
    throw isSystemError(error)
      ? failure(createStuckProblem("taking back a write that failed", error))
      : error;
  }
}

function toProblems(transaction: Transaction, error: unknown): unknown {
  const { realRoot, journal } = transaction;
  if (error instanceof ConflictError) {
    return failure(...error.entries.map((entry) => createChangedProblem(realRoot, entry)));
  }
  if (!isSystemError(error)) return error;
  const entry = journal.entries.find((candidate) => getTemporaryFile(transaction, candidate) === error.path);
  return failure(createFailedProblem(entry?.path ?? relative(realRoot, error.path ?? realRoot), error));
}
