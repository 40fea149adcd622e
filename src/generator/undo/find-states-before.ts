import { renameTableIn } from "../../migrations/apply-rename.js";
import type { TableSnapshot } from "../../migrations/snapshot.js";
import { failure } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { hashTable, readHistories, type MigrationHistory } from "../history-store.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { listLinks } from "../table-links.js";
import { findTableWithout } from "../table-states.js";
import type { GeneratedMigrations } from "./find-generated.js";
import { readSides } from "./read-sides.js";

/** A table as it is without the migrations that are taken back. */
export interface StateBefore {
  readonly key: string;
  /** Null where there is none. */
  readonly table: TableSnapshot | null;
  /** Was it told from what a merge with another branch left? */
  readonly isMerged: boolean;
}

/**
 * The tables that migrations changed as they are without them. Where another branch changed one too, it is to be as that
 * one left it, not as either found it.
 *
 * @throws AshlarError `undo.branches`
 */
export function findStatesBefore(
  given: GeneratedMigrations["histories"],
  context: GeneratorContext,
): readonly StateBefore[] {
  const names = new Set(given.map(({ migration }) => migration));
  const histories = readHistories(context.files, context.settings.migrations);
  const gone = histories.filter(({ migration }) => names.has(migration));
  const keys = new Set(gone.flatMap(({ before }) => [...before.keys()]));
  for (const { to } of listRenamesBeside(gone, histories)) keys.add(to);
  const states = [...keys].map((key) => findStateBefore(key, { histories, gone }, context));
  return states.map((state) => ({
    ...state,
    isMerged: state.isMerged || isNewName(state.key, gone, states),
  }));
}

/** Of a table that is taken back to an old name, which another branch changed it under. */
function isNewName(key: string, gone: readonly MigrationHistory[], states: readonly StateBefore[]): boolean {
  const merged = new Set(states.flatMap((state) => (state.isMerged ? [state.key] : [])));
  return gone.some(({ renames = [] }) => [...renames].some(([from, to]) => to === key && merged.has(from)));
}

interface Surroundings {
  readonly histories: readonly MigrationHistory[];
  readonly gone: readonly MigrationHistory[];
}

/** The renames of other branches whose table began as it did for these: git has merged both into the new file. */
function listRenamesBeside(gone: readonly MigrationHistory[], histories: readonly MigrationHistory[]) {
  return histories
    .filter((history) => !gone.includes(history))
    .flatMap((history) => [...(history.renames ?? [])].map(([from, to]) => ({ from, to, history })))
    .filter(({ from, history }) => {
      const start = listLinks(from, [history])[0]?.before;
      return listLinks(from, gone).some(({ before }) => before === start);
    });
}

function findStateBefore(
  key: string,
  { histories, gone }: Surroundings,
  context: GeneratorContext,
): StateBefore {
  const tables = [...readTables(key, context), ...listUnderOtherNames(key, histories, context)];
  const table = findTableWithout(key, { histories, gone, tables });
  if (table === undefined) throw createUnknownError(gone, findSnapshotPath(context.settings.migrations, key));
  const own = gone.find(({ before }) => before.has(key))?.before.get(key) ?? null;
  return { key, table, isMerged: hashOf(table) !== hashOf(own) };
}

function readTables(key: string, { files, settings }: GeneratorContext): readonly TableSnapshot[] {
  const path = findSnapshotPath(settings.migrations, key);
  return readSides(files.read(path), path);
}

/** The table as it is, or was, under a name that it had before or has since, called as it is to be called. */
function listUnderOtherNames(
  key: string,
  histories: readonly MigrationHistory[],
  context: GeneratorContext,
): readonly TableSnapshot[] {
  const renames = histories.flatMap(({ renames: own = [] }) => [...own]);
  const others = renames.flatMap(([from, to]) => (from === key ? [to] : to === key ? [from] : []));
  return others.flatMap((other) => {
    const before = listLinks(other, histories).flatMap(({ table }) => (table === null ? [] : [table]));
    return [...before, ...readTables(other, context)].flatMap((table) => rename(table, other, key));
  });
}

function rename(table: TableSnapshot, from: string, to: string): readonly TableSnapshot[] {
  const tables = new Map([[from, table]]);
  renameTableIn(tables, from, to);
  return [...tables.values()];
}

function hashOf(table: TableSnapshot | null): string | null {
  return table && hashTable(table);
}

function createUnknownError(gone: readonly MigrationHistory[], path: string): Error {
  const names = gone.map(({ migration }) => `"${migration}"`).join(" and ");
  return failure({
    code: "undo.branches",
    message: `"${path}" was changed by two branches, and what is left of it without ${names} is not to be told from the merge.`,
    hint: `Take the snapshot of the other branch, then run the command again: git checkout <the other branch> -- ${path}`,
  });
}
