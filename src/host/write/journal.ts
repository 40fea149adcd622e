import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { failure } from "../../support/problem.js";
import { createUnreadableProblem, isSystemError } from "../system-error.js";
import { syncFolder, writeDurableFile, type StepListener } from "./durable-file.js";

/** One file of a write. Both texts are kept, so that the write can be finished or taken back from the journal alone. */
export interface JournalEntry {
  /** As the plan names it. */
  readonly path: string;
  /** Where it lies when links are followed, relative to the real root. */
  readonly file: string;
  /** `null`: there is no such file. */
  readonly before: string | null;
  /** `null`: the file is deleted. */
  readonly after: string | null;
}

/**
 * `staged`: the new texts are being laid beside the files, none of which has changed; taken back by removing them.
 * `committed`: from here the write is finished, whoever does it. `undoing`: it could not be finished and is taken back.
 */
export type JournalState = "staged" | "committed" | "undoing";

export interface Journal {
  readonly version: 1;
  readonly state: JournalState;
  /** The plan's title. */
  readonly title: string;
  /** Part of the names of the temporary files. */
  readonly token: string;
  /** Was the root itself made for this write? */
  readonly isRootNew: boolean;
  /** Folders to make, relative to the real root, the outer before the inner. */
  readonly folders: readonly string[];
  readonly entries: readonly JournalEntry[];
}

export const journalName = ".ashlar-journal.json";
const draftName = `${journalName}.new`;

/** It holds the texts of files that may be closed to others. */
const ownerOnly = { mode: 0o600 };

/** Sets the journal in one step: whoever reads it finds the one before or this one. */
export function writeJournal(root: string, journal: Journal, step: StepListener): void {
  const draft = join(root, draftName);
  writeDurableFile(draft, `${JSON.stringify(journal)}\n`, ownerOnly, step);
  renameSync(draft, join(root, journalName));
  step(`journal ${journal.state}`);
  syncFolder(root);
}

/** @throws AshlarError `journal.invalid`, `file.unreadable` */
export function readJournal(root: string): Journal | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(root, journalName), "utf8"));
    if (isJournal(value)) return value;
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    if (isSystemError(error)) throw failure(createUnreadableProblem("file", journalName, error));
  }
  throw failure({
    code: "journal.invalid",
    message: `"${join(root, journalName)}" is not a journal that this version of ashlar wrote.`,
    hint: `Finish with the version that wrote it, or look at what git says and delete it: git status && rm ${journalName}`,
  });
}

export function removeJournal(root: string, step: StepListener): void {
  rmSync(join(root, draftName), { force: true });
  rmSync(join(root, journalName), { force: true });
  step("journal removed");
  syncFolder(root);
}

/** Is there anything that a write which did not end has left in the root? */
export function hasJournal(root: string): boolean {
  return existsSync(join(root, journalName)) || existsSync(join(root, draftName));
}

/** An object of which nobody has looked what it holds. */
type Unchecked<Whole> = { readonly [Key in keyof Whole]?: unknown };

function isJournal(value: unknown): value is Journal {
  if (typeof value !== "object" || value === null) return false;
  const { version, state, title, token, isRootNew, folders, entries }: Unchecked<Journal> = value;
  return (
    version === 1 &&
    (state === "staged" || state === "committed" || state === "undoing") &&
    typeof title === "string" &&
    typeof token === "string" &&
    /^[0-9a-f]+$/.test(token) &&
    typeof isRootNew === "boolean" &&
    Array.isArray(folders) &&
    folders.every((folder) => typeof folder === "string") &&
    Array.isArray(entries) &&
    entries.every(isEntry)
  );
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== "object" || value === null) return false;
  const { path, file, before, after }: Unchecked<JournalEntry> = value;
  return (
    typeof path === "string" &&
    typeof file === "string" &&
    (before === null || typeof before === "string") &&
    (after === null || typeof after === "string") &&
    (before !== null || after !== null)
  );
}
