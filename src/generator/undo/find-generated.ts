import { failure, type AshlarError } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { readHistories, type MigrationHistory } from "../history-store.js";
import { dropExtension } from "../paths.js";
import { listLinks, type TableLink } from "../table-links.js";

/** Generated migrations that are taken back together. */
export interface GeneratedMigrations {
  /** The oldest first. */
  readonly histories: readonly [MigrationHistory, ...MigrationHistory[]];
  /** The names of those of their files that are there. */
  readonly fileNames: readonly string[];
}

/**
 * The generated migration of this name, or the last one. Where it parted from another branch, those that go on from it
 * belong to it.
 *
 * @throws AshlarError `undo.nothing`, `undo.followed`, and as `readHistories` does
 * @example
 * findGenerated(context, "20261122190000_add_age").histories; // it, and what its branch made of the table after it
 */
export function findGenerated({ files, settings }: GeneratorContext, name?: string): GeneratedMigrations {
  const all = readHistories(files, settings.migrations);
  const first = name === undefined ? all.at(-1) : all.find(({ migration }) => migration === name);
  if (first === undefined) throw createNothingError(settings.migrations);
  const followers = findFollowers(first, all);
  const last = followers.at(-1);
  if (last !== undefined && !hasBranched(first, all)) throw createFollowedError(first, last);
  const existing = listMigrationFiles(files, settings.migrations);
  return {
    histories: [first, ...followers],
    fileNames: [first, ...followers].flatMap((history) => findFileNames(history, existing)),
  };
}

/** Those that begin with a table as it, or one of them, alone left it. */
function findFollowers(
  first: MigrationHistory,
  all: readonly MigrationHistory[],
): readonly MigrationHistory[] {
  const chosen = [first];
  for (const history of all.slice(all.indexOf(first) + 1)) {
    const others = all.slice(0, all.indexOf(history)).filter((each) => !chosen.includes(each));
    if (listAllLinks(history).some((link) => isLeftBy(link, chosen) && !isLeftBy(link, others)))
      chosen.push(history);
  }
  return chosen.slice(1);
}

type KeyedLink = TableLink & { readonly key: string };

function listAllLinks(history: MigrationHistory): readonly KeyedLink[] {
  return [...history.after.keys()].flatMap((key) =>
    listLinks(key, [history]).map((link) => ({ key, ...link })),
  );
}

function isLeftBy({ key, before }: KeyedLink, histories: readonly MigrationHistory[]): boolean {
  return listLinks(key, histories).some((link) => link.after === before);
}

function hasBranched(first: MigrationHistory, all: readonly MigrationHistory[]): boolean {
  const others = all.filter((each) => each !== first);
  return listAllLinks(first).some(({ key, before }) =>
    listLinks(key, others).some((link) => link.before === before),
  );
}

function createNothingError(migrations: string): AshlarError {
  return failure({
    code: "undo.nothing",
    message: `There is no generated migration to take back: "${migrations}/snapshot/history" holds none.`,
    hint: "A migration that was written by hand is deleted by hand, once it is rolled back: npx ashlar rollback",
  });
}

function createFollowedError(first: MigrationHistory, last: MigrationHistory): AshlarError {
  return failure({
    code: "undo.followed",
    message: `"${last.migration}" goes on from what "${first.migration}" made, which cannot be taken back alone.`,
    hint: `Take that back first: npx ashlar undo migration ${last.migration}`,
  });
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
