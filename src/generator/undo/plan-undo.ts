import { serializeTable } from "../../migrations/serialize.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { failure, type Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath } from "../history-store.js";
import type { Change, Notice, Plan } from "../plan.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { dropExtension } from "../paths.js";
import { createEditedProblem, findEditedFiles, findEditedSnapshots } from "./find-edited.js";
import type { GeneratedMigrations } from "./find-generated.js";
import { findStatesBefore } from "./find-states-before.js";

export interface UndoRequest extends GeneratedMigrations {
  /** Take them back although they were edited since. */
  readonly force: boolean;
  /** What was typed, for hints to go on from. */
  readonly command: string;
  readonly notices: readonly Notice[];
}

/**
 * The plan that takes generated migrations back: their files and their histories go, and the snapshots become what they
 * are without them.
 *
 * @throws AshlarError `undo.migration.edited`, `undo.snapshot.edited`, `undo.squashed`, `undo.branches`
 * @example
 * planUndo({ ...findGenerated(context), force: false, command: "npx ashlar undo migration", notices: [] }, context);
 */
export function planUndo(request: UndoRequest, context: GeneratorContext): Plan {
  const { histories, fileNames, force, notices, command } = request;
  const { migrations } = context.settings;
  refuseSquashed(request, context);
  const states = findStatesBefore(histories, context);
  const followed = states.filter(({ isMerged }) => !isMerged).map(({ key }) => key);
  const edited = [...findEditedFiles(request, context), ...findEditedSnapshots(histories, followed, context)];
  if (edited.length > 0 && !force) throw failure(...edited.map((file) => createEditedProblem(file, command)));
  const paths = [
    ...fileNames.map((name) => `${migrations}/${name}`),
    ...histories.map(({ migration }) => findHistoryPath(migrations, migration)),
  ];
  return {
    title: `Take back ${histories.map(({ migration }) => migration).join(" and ")}`,
    changes: [
      ...paths.flatMap((path) => deleteFile(path, context)),
      ...states.flatMap(({ key, table }) => restoreSnapshot(key, table, context)),
    ],
    notices,
    next: ["npx ashlar gen migrations"],
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
function refuseSquashed({ fileNames }: UndoRequest, { files, settings }: GeneratorContext): void {
  const name = fileNames.find((each) =>
    /^export const replaces\b/m.test(files.read(`${settings.migrations}/${each}`) ?? ""),
  );
  if (name === undefined) return;
  const problem: Problem = {
    code: "undo.squashed",
    message: `"${name}" is what a squash made of other migrations, which are no longer here.`,
    hint: `Take them back with git: git log --stat -- ${findHistoryPath(settings.migrations, dropExtension(name))}`,
  };
  throw failure(problem);
}
