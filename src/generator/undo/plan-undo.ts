import { serializeTable } from "../../migrations/serialize.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { failure, type Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, hashTable, readHistories, type MigrationHistory } from "../history-store.js";
import type { Change, Notice, Plan } from "../plan.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { findTableWithout } from "../table-states.js";
import { findEditedFiles, findEditedSnapshots } from "./find-edited.js";
import { readSides } from "./read-sides.js";

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
 * @throws AshlarError `undo.migration.edited`, `undo.snapshot.edited`, `undo.squashed`, `undo.branches`
 * @example
 * planUndo({ history, fileNames: ["20261122190000_create_users.ts"], force: false, notices: [] }, context);
 */
export function planUndo(request: UndoRequest, context: GeneratorContext): Plan {
  const { history, fileNames, force, notices } = request;
  const { migrations } = context.settings;
  refuseSquashed(request, context);
  const states = [...history.before.keys()].map((key) => findStateBefore(key, history, context));
  const followed = states.filter(({ isMerged }) => !isMerged).map(({ key }) => key);
  const edited = [...findEditedFiles(request, context), ...findEditedSnapshots(history, followed, context)];
  if (edited.length > 0 && !force) throw failure(...edited);
  const paths = [
    ...fileNames.map((name) => `${migrations}/${name}`),
    findHistoryPath(migrations, history.migration),
  ];
  return {
    title: `Take back ${history.migration}`,
    changes: [
      ...paths.flatMap((path) => deleteFile(path, context)),
      ...states.flatMap(({ key, table }) => restoreSnapshot(key, table, context)),
    ],
    notices,
    next: ["npx ashlar gen migrations"],
  };
}

interface StateBefore {
  readonly key: string;
  readonly table: TableSnapshot | null;
  /** Was it told from what a merge with another branch left? */
  readonly isMerged: boolean;
}

/** Where another branch changed the table too, it is to be as that one left it, not as either found it. */
function findStateBefore(
  key: string,
  history: MigrationHistory,
  { files, settings: { migrations } }: GeneratorContext,
): StateBefore {
  const path = findSnapshotPath(migrations, key);
  const histories = readHistories(files, migrations);
  const gone = histories.filter(({ migration }) => migration === history.migration);
  const tables = readSides(files.read(path), path);
  const own = history.before.get(key) ?? null;
  const table = findTableWithout(key, { histories, gone, tables });
  if (table === undefined) throw createUnknownError(history.migration, path);
  return { key, table, isMerged: hashOf(table) !== hashOf(own) };
}

function hashOf(table: TableSnapshot | null): string | null {
  return table && hashTable(table);
}

function createUnknownError(migration: string, path: string): Error {
  return failure({
    code: "undo.branches",
    message: `"${path}" was changed by two branches, and what is left of it without "${migration}" is not to be told from the merge.`,
    hint: `Take the snapshot of the other branch, then run the command again: git checkout <the other branch> -- ${path}`,
  });
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
