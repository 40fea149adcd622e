import { failure, type Problem } from "../../support/problem.js";
import type { AppliedMigration, History, PendingMigration } from "./history.js";
import { createLateProblem } from "./late-problem.js";
import { removeExtension } from "./records.js";

/** What the user said to go on with all the same. */
export interface Leniency {
  /** Take edited files for what has run. */
  readonly acceptEdited?: boolean;
  /** Go on without files that are gone. */
  readonly allowMissing?: boolean;
  /** Run files that sort before those that have run. */
  readonly allowLate?: boolean;
}

/**
 * Stops where the files are not those that this database has run.
 *
 * @throws AshlarError with a problem for each: `migration.file.missing`, `migration.file.edited`,
 * `migration.file.late`, `migration.rollback.interrupted`
 */
export function refuseOtherHistory(
  applied: readonly AppliedMigration[],
  pending: readonly PendingMigration[],
  history: History & Leniency,
): void {
  const problems = [
    ...findAppliedProblems(applied, history),
    ...(history.allowLate === true ? [] : findLateProblems(pending, history)),
  ];
  if (problems.length > 0) throw failure(...problems);
}

/**
 * Stops where the file of a migration that is to be undone is gone.
 *
 * @throws AshlarError `migration.file.missing`, a problem for each
 */
export function refuseMissing(applied: readonly AppliedMigration[], { files }: History): void {
  const missing = applied.filter(({ name }) => !files.some((file) => file.name === name));
  if (missing.length > 0) throw failure(...missing.map(({ name }) => describeMissing(name, files)));
}

function findAppliedProblems(
  applied: readonly AppliedMigration[],
  { files, records, acceptEdited, allowMissing }: History & Leniency,
): readonly Problem[] {
  return applied.flatMap(({ state, name }) => {
    switch (state) {
      case "applied":
      // What to do about it is said of the squash.
      case "squashed":
        return [];
      case "edited":
        return acceptEdited === true ? [] : [createEditedProblem(name)];
      case "missing":
        return allowMissing === true ? [] : [createMissingProblem(name, { files, records })];
      case "half-undone":
        return [createHalfUndoneProblem(name)];
    }
  });
}

function createMissingProblem(name: string, { files, records }: Pick<History, "files" | "records">): Problem {
  const problem = describeMissing(name, files);
  const since = records.length - records.findIndex((record) => record.name === name);
  return {
    ...problem,
    hint:
      `${problem.hint} If it was taken back in the project, or made anew under another name, undo it then, and delete the file again: npx ashlar rollback --step ${since}. ` +
      "To migrate without it: npx ashlar migrate --allow-missing",
  };
}

function describeMissing(name: string, files: History["files"]): Problem & { readonly hint: string } {
  const stem = removeExtension(name);
  const renamed = files.find((other) => removeExtension(other.name) === stem)?.name;
  return {
    code: "migration.file.missing",
    message: `The migration "${name}" has run on this database, but its file is not there${renamed === undefined ? "" : `; there is "${renamed}"`}.`,
    hint: `Bring the file back from a commit that has it, git log --all --diff-filter=A -- "*/${name}", by: git checkout <commit> -- "*/${name}".`,
  };
}

function createEditedProblem(name: string): Problem {
  return {
    code: "migration.file.edited",
    message: `The migration "${name}" has run on this database, and its file was edited since.`,
    hint: `Bring it back as it was, and put the change into a migration of its own: git log -p -- "*/${name}". If the database needs nothing for it: npx ashlar migrate --accept-edited`,
  };
}

function createHalfUndoneProblem(name: string): Problem {
  return {
    code: "migration.rollback.interrupted",
    message: `Undoing the migration "${name}" was begun and cut off, so a part of it may be gone.`,
    hint: "Undo the rest first: npx ashlar rollback --step 1",
  };
}

/** One that ran under another extension is told as missing. */
function findLateProblems(pending: readonly PendingMigration[], history: History): readonly Problem[] {
  const stems = new Set(history.records.map(({ name }) => removeExtension(name)));
  const late = new Set(pending.flatMap(({ state, name }) => (state === "late" ? [name] : [])));
  return history.files
    .filter(({ name }) => late.has(name) && !stems.has(removeExtension(name)))
    .map((file) => createLateProblem(file, history));
}
