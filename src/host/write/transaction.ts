/**
 * The two ways a begun write can end: every file in its new state, or every file in its old one. Both take only the
 * journal and what they find on disk, both may be cut off anywhere and started again, and both are used alike by the
 * process that writes and by the one that finds its journal later.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, rmdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSystemError } from "../system-error.js";
import { syncFolder, usualAttributes, writeDurableFile, type StepListener } from "./durable-file.js";
import type { Journal, JournalEntry } from "./journal.js";

export interface Transaction {
  readonly realRoot: string;
  readonly journal: Journal;
  readonly step: StepListener;
}

/** What stands where the entry's file belongs: the text from before, the one from after, or someone else's. */
export type FileState = "before" | "after" | "other";

/** Files that are in neither of the states that the journal knows. */
export class ConflictError extends Error {
  readonly entries: readonly JournalEntry[];

  constructor(entries: readonly JournalEntry[]) {
    super("Files changed while they were being written.");
    this.entries = entries;
  }
}

export function readState(realRoot: string, { file, before, after }: JournalEntry): FileState {
  const bytes = readBytes(join(realRoot, file));
  if (bytes === "unreadable") return "other";
  if (holds(bytes, after)) return "after";
  return holds(bytes, before) ? "before" : "other";
}

function holds(bytes: Buffer | undefined, text: string | null): boolean {
  if (bytes === undefined || text === null) return bytes === undefined && text === null;
  return bytes.equals(Buffer.from(text));
}

/** Makes the folders and lays the new texts beside their files. */
export function stage(transaction: Transaction): void {
  for (const folder of transaction.journal.folders) makeFolder(transaction, folder);
  for (const { entry, text } of listTexts(transaction.journal)) stageEntry(transaction, entry, text);
}

/**
 * Puts every new text in its place. Touches nothing where a file is in neither state.
 *
 * @throws ConflictError
 */
export function rollForward(transaction: Transaction): void {
  const { journal, realRoot, step } = transaction;
  const states = journal.entries.map((entry) => readState(realRoot, entry));
  const conflicts = journal.entries.filter((_, index) => states[index] === "other");
  if (conflicts.length > 0) throw new ConflictError(conflicts);
  journal.entries.forEach((entry, index) => {
    if (states[index] === "before") placeEntry(transaction, entry);
    removeFile(getTemporaryFile(transaction, entry));
    step(`done ${entry.path}`);
  });
  syncFolders(transaction);
}

/** Puts every file back to its old text and removes what was made. What others have written meanwhile is left alone. */
export function rollBack(transaction: Transaction): void {
  const { journal, realRoot, step } = transaction;
  for (const entry of journal.entries) {
    removeFile(getTemporaryFile(transaction, entry));
    if (journal.state === "undoing" && readState(realRoot, entry) === "after")
      restoreEntry(transaction, entry);
    step(`undone ${entry.path}`);
  }
  for (const folder of journal.folders.toReversed()) removeEmptyFolder(join(realRoot, folder), step);
  syncFolders(transaction);
}

/** The file beside the entry's that holds its new text until it takes its place. */
export function getTemporaryFile({ journal, realRoot }: Transaction, entry: JournalEntry): string {
  return join(
    dirname(join(realRoot, entry.file)),
    `.ashlar-${journal.token}-${journal.entries.indexOf(entry)}.tmp`,
  );
}

/** Removes a folder that nobody has put anything into. */
export function removeEmptyFolder(folder: string, step: StepListener): void {
  try {
    rmdirSync(folder);
    step(`rmdir ${folder}`);
  } catch (error) {
    if (!isSystemError(error, "ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR", "EBUSY")) throw error;
  }
}

function removeFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (!isSystemError(error, "ENOENT", "ENOTDIR")) throw error;
  }
}

function makeFolder({ realRoot, step }: Transaction, folder: string): void {
  try {
    mkdirSync(join(realRoot, folder));
    step(`mkdir ${folder}`);
  } catch (error) {
    if (!isSystemError(error, "EEXIST")) throw error;
  }
}

/** The entries that write a file, with what they write. */
function listTexts({ entries }: Journal): readonly { readonly entry: JournalEntry; readonly text: string }[] {
  return entries.flatMap((entry) => (entry.after === null ? [] : [{ entry, text: entry.after }]));
}

function stageEntry(transaction: Transaction, entry: JournalEntry, text: string): void {
  const replaced = entry.before === null ? usualAttributes : statSync(join(transaction.realRoot, entry.file));
  writeDurableFile(getTemporaryFile(transaction, entry), text, replaced, transaction.step);
}

function placeEntry(transaction: Transaction, entry: JournalEntry): void {
  const file = join(transaction.realRoot, entry.file);
  if (entry.after === null) {
    removeFile(file);
    return transaction.step(`delete ${entry.path}`);
  }
  const temporary = getTemporaryFile(transaction, entry);
  if (!holdsText(temporary, entry.after)) {
    removeFile(temporary);
    mkdirSync(dirname(temporary), { recursive: true });
    stageEntry(transaction, entry, entry.after);
  }
  if (entry.before === null) placeNewFile(temporary, file, entry);
  else renameSync(temporary, file);
  transaction.step(`place ${entry.path}`);
}

/** A link never takes the place of a file that has just appeared; a rename would. */
function placeNewFile(temporary: string, file: string, entry: JournalEntry): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (isSystemError(error, "EEXIST")) throw new ConflictError([entry]);
    if (!isSystemError(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EACCES")) throw error;
    renameSync(temporary, file);
  }
}

function restoreEntry(transaction: Transaction, entry: JournalEntry): void {
  const file = join(transaction.realRoot, entry.file);
  if (entry.before === null) {
    removeFile(file);
  } else {
    const temporary = getTemporaryFile(transaction, entry);
    const replaced = entry.after === null ? usualAttributes : statSync(file);
    writeDurableFile(temporary, entry.before, replaced, transaction.step);
    renameSync(temporary, file);
  }
  transaction.step(`restore ${entry.path}`);
}

function syncFolders({ realRoot, journal }: Transaction): void {
  const touched = [...journal.entries.map((entry) => entry.file), ...journal.folders];
  for (const folder of new Set(touched.map((path) => dirname(join(realRoot, path))))) syncFolder(folder);
}

function holdsText(file: string, text: string): boolean {
  const bytes = readBytes(file);
  return bytes instanceof Buffer && bytes.equals(Buffer.from(text));
}

function readBytes(file: string): Buffer | undefined | "unreadable" {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR")) return undefined;
    if (isSystemError(error)) return "unreadable";
    throw error;
  }
}
