import { hashMigration } from "../../migrations/file-hash.js";
import type { Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { hashTable, type MigrationHistory } from "../history-store.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { readSides } from "./read-sides.js";

interface EditableFiles {
  readonly histories: readonly MigrationHistory[];
  readonly fileNames: readonly string[];
}

/** The names of the files that are no longer as they were generated, as far as their histories tell. */
export function listEditedFiles(
  { histories, fileNames }: EditableFiles,
  { files, settings }: GeneratorContext,
): readonly string[] {
  return fileNames.filter((name) => {
    const text = files.read(`${settings.migrations}/${name}`);
    const known = histories.find((history) => history.files?.has(name))?.files?.get(name);
    return text !== undefined && known !== undefined && known !== hashMigration(name, text);
  });
}

/** A file that somebody has written to since it was generated. */
export interface EditedFile {
  readonly what: "migration" | "snapshot";
  readonly path: string;
}

/** Those of the files that are no longer as they were generated. */
export function findEditedFiles(generated: EditableFiles, context: GeneratorContext): readonly EditedFile[] {
  return listEditedFiles(generated, context).map((name) => ({
    what: "migration",
    path: `${context.settings.migrations}/${name}`,
  }));
}

/** The snapshots among these tables that are no longer as the last of the migrations left them. */
export function findEditedSnapshots(
  histories: readonly MigrationHistory[],
  keys: readonly string[],
  { files, settings }: GeneratorContext,
): readonly EditedFile[] {
  return keys.flatMap((key): readonly EditedFile[] => {
    const path = findSnapshotPath(settings.migrations, key);
    const [table = null, ...others] = readSides(files.read(path), path);
    const after = histories.findLast((history) => history.after.has(key))?.after.get(key);
    const isSame = others.length === 0 && (table && hashTable(table)) === after;
    return isSame ? [] : [{ what: "snapshot", path }];
  });
}

/** @param command what was typed, with its flags */
export function createEditedProblem({ what, path }: EditedFile, command: string): Problem {
  return {
    code: `undo.${what}.edited`,
    message: `"${path}" is no longer as it was generated: taking the migration back would lose what was changed since.`,
    hint: `See what it is: git diff HEAD -- ${path}. To take the migration back all the same: ${command} --force`,
  };
}
