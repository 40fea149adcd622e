import { serializeTable } from "../../migrations/serialize.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { failure, type Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, type MigrationHistory } from "../history-store.js";
import type { Change, Notice, Plan } from "../plan.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { findEditedFiles, findEditedSnapshots } from "./find-edited.js";

export interface UndoRequest {
  /** Of the migration to take back: the last that was generated. */
  readonly history: MigrationHistory;
  /** Names of the files that the migration has, such as one for what runs outside a transaction. */
  readonly fileNames: readonly string[];
  /** Take it back although it was edited since. */
  readonly force: boolean;
  readonly notices: readonly Notice[];
}

/**
 * The plan that takes a generated migration back: its files and its history go, and the snapshots become what they
 * were before it.
 *
 * @throws AshlarError `undo.migration.edited`, `undo.snapshot.edited`, `undo.squashed`
 * @example
 * planUndo({ history, fileNames: ["20261122190000_create_users.ts"], force: false, notices: [] }, context);
 */
export function planUndo(request: UndoRequest, context: GeneratorContext): Plan {
  const { history, fileNames, force, notices } = request;
  const { migrations } = context.settings;
  refuseSquashed(request, context);
  const edited = [...findEditedFiles(request, context), ...findEditedSnapshots(history, context)];
  if (edited.length > 0 && !force) throw failure(...edited);
  const paths = [
    ...fileNames.map((name) => `${migrations}/${name}`),
    findHistoryPath(migrations, history.migration),
  ];
  return {
    title: `Take back ${history.migration}`,
    changes: [
      ...paths.flatMap((path) => deleteFile(path, context)),
      ...[...history.before].flatMap(([key, table]) => restoreSnapshot(key, table, context)),
    ],
    notices,
    next: [],
  };
}

function deleteFile(path: string, { files }: GeneratorContext): readonly Change[] {
  const before = files.read(path);
  return before === undefined ? [] : [{ kind: "delete", path, before }];
}

function restoreSnapshot(
  key: string,
  table: TableSnapshot | null,
  context: GeneratorContext,
): readonly Change[] {
  const path = findSnapshotPath(context.settings.migrations, key);
  if (table === null) return deleteFile(path, context);
  const before = context.files.read(path);
  const after = serializeTable(table);
  if (before === undefined) return [{ kind: "create", path, after }];
  return before === after
    ? [{ kind: "identical", path }]
    : [{ kind: "patch", path, before, after, summary: [] }];
}

/** What it replaced is gone from the project, so there is nothing to go back to but what git has. */
function refuseSquashed({ history, fileNames }: UndoRequest, { files, settings }: GeneratorContext): void {
  const name = fileNames.find((each) =>
    /^export const replaces\b/m.test(files.read(`${settings.migrations}/${each}`) ?? ""),
  );
  if (name === undefined) return;
  const problem: Problem = {
    code: "undo.squashed",
    message: `"${name}" is what a squash made of other migrations, which are no longer here.`,
    hint: `Take them back with git: git log --stat -- ${findHistoryPath(settings.migrations, history.migration)}`,
  };
  throw failure(problem);
}
