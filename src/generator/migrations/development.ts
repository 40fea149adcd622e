import { type MigrationAnswers, noAnswers } from "../../migrations/plan-migration.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { failure } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, type MigrationHistory, readHistories, rewindSnapshot } from "../history-store.js";
import { readSnapshots } from "../snapshot-store.js";
import type { Staging } from "../staging.js";
import { followAnswers } from "./kept-answers.js";

/** The name of migrations that are for now: `20261122190000_dev.ts`. */
export const developmentName = "dev";

/** The development migrations at the end of a project's history. */
export interface DevelopmentRun {
  readonly histories: readonly MigrationHistory[];
  /** Names of their files. */
  readonly fileNames: readonly string[];
  /** The schema before them. */
  readonly before: Snapshot;
  /** What was answered when they were made. */
  readonly answers: MigrationAnswers;
}

/**
 * The development migrations of a project; undefined where it has none.
 *
 * @throws AshlarError `migration.dev.followed` where another migration came after one of them; as `readSnapshots` and
 * `readHistories` do
 */
export function findDevelopmentRun(context: GeneratorContext): DevelopmentRun | undefined {
  const { files, settings } = context;
  const isThere = files
    .list(settings.migrations)
    .some((path) => isDevelopmentMigration(path.replace(/\.ts$/, "")));
  if (!isThere) return undefined;
  const all = readHistories(files, settings.migrations);
  const start = all.findIndex(({ migration }) => isDevelopmentMigration(migration));
  if (start < 0) return undefined;
  const histories = all.slice(start);
  refuseFollowed(histories);
  return {
    histories,
    fileNames: histories.flatMap(listFileNames),
    before: rewindSnapshot(readSnapshots(context), histories),
    answers: histories.map(({ answers = noAnswers }) => answers).reduce(followAnswers, noAnswers),
  };
}

/** Is a migration, named without its extension, one for development only? */
export function isDevelopmentMigration(migration: string): boolean {
  return /(?:^|\/)\d{14}_dev(?:_[a-z]+)?$/.test(migration);
}

function listFileNames({ migration, files }: MigrationHistory): readonly string[] {
  return files === undefined ? [`${migration}.ts`] : [...files.keys()];
}

function refuseFollowed(histories: readonly MigrationHistory[]): void {
  const [first] = histories;
  const follower = histories.find(({ migration }) => !isDevelopmentMigration(migration));
  if (first === undefined || follower === undefined) return;
  throw failure({
    code: "migration.dev.followed",
    message: `"${follower.migration}" came after the development migration "${first.migration}", so that one can no longer be folded.`,
    hint: `Keep it under a name of its own: rename ${first.migration}.ts and its file in snapshot/history.`,
  });
}

/** Stages the deletion of development migrations and their histories. */
export function stageRemoval(
  staging: Staging,
  { histories, fileNames }: DevelopmentRun,
  { settings }: GeneratorContext,
): void {
  for (const name of fileNames) staging.remove(`${settings.migrations}/${name}`);
  for (const { migration } of histories) staging.remove(findHistoryPath(settings.migrations, migration));
}
