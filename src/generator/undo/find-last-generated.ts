import { failure } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { readHistories, type MigrationHistory } from "../history-store.js";
import { dropExtension } from "../paths.js";

/** A generated migration: its history and the names of those of its files that are there. */
export interface GeneratedMigration {
  readonly history: MigrationHistory;
  readonly fileNames: readonly string[];
}

/**
 * The migration that was generated last.
 *
 * @throws AshlarError `undo.nothing`, and as `readHistories` does
 */
export function findLastGenerated({ files, settings }: GeneratorContext): GeneratedMigration {
  const history = readHistories(files, settings.migrations).at(-1);
  if (history === undefined) {
    throw failure({
      code: "undo.nothing",
      message: `There is no generated migration to take back: "${settings.migrations}/snapshot/history" holds none.`,
      hint: "A migration that was written by hand is deleted by hand, once it is rolled back: npx ashlar rollback",
    });
  }
  return { history, fileNames: findFileNames(history, listMigrationFiles(files, settings.migrations)) };
}

/** The names of the migrations in the folder, without those of folders below it. */
export function listMigrationFiles(files: GeneratorContext["files"], migrations: string): readonly string[] {
  return files
    .list(migrations)
    .map((path) => path.slice(migrations.length + 1))
    .filter((name) => /^[^/]+\.[cm]?[jt]s$/.test(name) && !name.endsWith(".d.ts"));
}

/** The names among `existing` that belong to a generated migration. */
export function findFileNames(history: MigrationHistory, existing: readonly string[]): readonly string[] {
  const isOwn = (name: string): boolean =>
    history.files?.has(name) === true || dropExtension(name) === history.migration;
  return existing.filter(isOwn);
}
