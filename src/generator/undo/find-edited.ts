import { hashMigration } from "../../migrations/file-hash.js";
import type { Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { hashTable, type MigrationHistory } from "../history-store.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { readSides } from "./read-sides.js";

interface GeneratedFiles {
  readonly history: MigrationHistory;
  readonly fileNames: readonly string[];
}

/** The names of a migration's files that are no longer as they were generated, as far as their history tells. */
export function listEditedFiles(
  { history, fileNames }: GeneratedFiles,
  { files, settings }: GeneratorContext,
): readonly string[] {
  return fileNames.filter((name) => {
    const text = files.read(`${settings.migrations}/${name}`);
    const known = history.files?.get(name);
    return text !== undefined && known !== undefined && known !== hashMigration(name, text);
  });
}

/** A problem for each of a migration's files that is no longer as it was generated. */
export function findEditedFiles(generated: GeneratedFiles, context: GeneratorContext): readonly Problem[] {
  return listEditedFiles(generated, context).map((name) =>
    createEditedProblem("migration", `${context.settings.migrations}/${name}`),
  );
}

/** The snapshots among these tables that are no longer as the migration left them. */
export function findEditedSnapshots(
  { after }: MigrationHistory,
  keys: readonly string[],
  { files, settings }: GeneratorContext,
): readonly Problem[] {
  return keys.flatMap((key) => {
    const path = findSnapshotPath(settings.migrations, key);
    const [table = null, ...others] = readSides(files.read(path), path);
    const isSame = others.length === 0 && (table && hashTable(table)) === after.get(key);
    return isSame ? [] : [createEditedProblem("snapshot", path)];
  });
}

function createEditedProblem(what: "migration" | "snapshot", path: string): Problem {
  return {
    code: `undo.${what}.edited`,
    message: `"${path}" is no longer as it was generated: taking the migration back would lose what was changed since.`,
    hint: `See what it is: git diff HEAD -- ${path}. To take the migration back all the same: npx ashlar undo migration --force`,
  };
}
