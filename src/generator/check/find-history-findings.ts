/**
 * Migrations against snapshots. The histories that change a table form a chain: each begins with the table as the one
 * before left it, and the last leaves it as the snapshot says. Where a link begins with an older state instead, two
 * branches have changed the table apart from each other. Where one begins with a state that no link left, somebody
 * has merged by hand and gone on from there; what lies before it is settled.
 */
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Problem } from "../../support/problem.js";
import { hashTable, type MigrationHistory } from "../history-store.js";
import type { Notice } from "../plan.js";
import { dropExtension } from "../paths.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { joinFindings, type Findings } from "./findings.js";

export interface KnownMigrations {
  /** The oldest first. */
  readonly histories: readonly MigrationHistory[];
  /** Names of the migrations that are there. */
  readonly fileNames: readonly string[];
  readonly snapshot: Snapshot;
  /** Folder of the migrations. */
  readonly migrations: string;
}

/**
 * Where migrations and snapshots do not fit together.
 *
 * @returns problems `check.migration.missing`, `check.snapshot.edited`, `check.snapshot.missing`,
 * `check.snapshot.unexpected`, `check.branches`; notices `check.history.gap`
 * @example
 * findHistoryFindings({ histories, fileNames, snapshot, migrations: "migrations" }).problems;
 * // [{ code: "check.snapshot.edited", message: `"migrations/snapshot/users.json" is not as …` }]
 */
export function findHistoryFindings(known: KnownMigrations): Findings {
  const keys = [...new Set(known.histories.flatMap(({ after }) => [...after.keys()]))].sort();
  return joinFindings(
    { problems: findMissingMigrations(known) },
    ...keys.map((key) => findTableFindings(key, known)),
  );
}

function findMissingMigrations({ histories, fileNames, migrations }: KnownMigrations): readonly Problem[] {
  const stems = new Set(fileNames.map(dropExtension));
  return histories
    .filter(
      ({ migration, files = new Map() }) =>
        ![migration, ...files.keys()].some((name) => stems.has(dropExtension(name))),
    )
    .map(({ migration }) => ({
      code: "check.migration.missing",
      message: `The migration "${migration}" is gone, but its history and what it did to the snapshots are here.`,
      hint: `Bring it back: git log --all -- "${migrations}/${migration}.*". To take it back as a whole: npx ashlar undo migration`,
    }));
}

/** What one migration made of a table, by hashes; null where there is none. */
interface Link {
  readonly migration: string;
  readonly before: string | null;
  readonly after: string | null;
}

function findTableFindings(key: string, known: KnownMigrations): Partial<Findings> {
  const links = listLinks(key, known.histories);
  const breaks = findBreaks(links);
  const settled = breaks.findLastIndex(({ kind }) => kind === "gap");
  const forks = breaks.slice(settled + 1);
  if (forks.length > 0) return { problems: forks.map((fork) => createForkProblem(key, fork, known)) };
  const gap = breaks[settled];
  return {
    problems: findSnapshotProblems(key, links.at(-1), known),
    notices: gap === undefined ? [] : [createGapNotice(key, gap)],
  };
}

function listLinks(key: string, histories: readonly MigrationHistory[]): readonly Link[] {
  return histories.flatMap(({ migration, before, after }) => {
    const table = before.get(key) ?? null;
    if (!after.has(key)) return [];
    return [{ migration, before: table && hashTable(table), after: after.get(key) ?? null }];
  });
}

/** Two links that do not follow each other. */
interface Break {
  readonly kind: "fork" | "gap";
  /** For a fork the first link of the other branch. */
  readonly first: Link;
  readonly second: Link;
}

function findBreaks(links: readonly Link[]): readonly Break[] {
  return links.flatMap((second, index) => {
    const previous = links[index - 1];
    if (previous === undefined || second.before === previous.after) return [];
    const first = links.slice(0, index).findLast(({ before }) => before === second.before);
    return [first === undefined ? { kind: "gap", first: previous, second } : { kind: "fork", first, second }];
  });
}

function createForkProblem(key: string, { first, second }: Break, { migrations }: KnownMigrations): Problem {
  const path = findSnapshotPath(migrations, key);
  return {
    code: "check.branches",
    message: `The migrations "${first.migration}" and "${second.migration}" both change the table "${key}" as it was before either: two branches made them apart from each other.`,
    hint:
      "Before the merge, on the branch of one of them: npx ashlar undo migration. Then merge the other branch, and: npx ashlar gen migrations --name <name>. " +
      `After the merge: rm ${migrations}/${second.migration}.* ${migrations}/snapshot/history/${second.migration}.json, ` +
      `git checkout <the other branch> -- ${path}, and generate again. ` +
      "Whether the two fit together as they are: npx ashlar check --prove",
  };
}

function createGapNotice(key: string, { first, second }: Break): Notice {
  return {
    code: "check.history.gap",
    severity: "notice",
    message: `"${second.migration}" begins with another table "${key}" than "${first.migration}" left.`,
    hint: "That is so after a merge by hand. Whether the migrations still make the schema: npx ashlar check --prove",
  };
}

function findSnapshotProblems(
  key: string,
  last: Link | undefined,
  { snapshot, migrations }: KnownMigrations,
): readonly Problem[] {
  const table = snapshot.get(key);
  const found = table === undefined ? null : hashTable(table);
  if (last === undefined || found === last.after) return [];
  return [createSnapshotProblem(findSnapshotPath(migrations, key), last, found)];
}

function createSnapshotProblem(path: string, { migration, after }: Link, found: string | null): Problem {
  const restore = `git log --all -- ${path}`;
  if (found === null) {
    return {
      code: "check.snapshot.missing",
      message: `"${path}" is not there, but the migration "${migration}" left one.`,
      hint: `Bring it back: ${restore}`,
    };
  }
  if (after === null) {
    return {
      code: "check.snapshot.unexpected",
      message: `"${path}" is there, but the migration "${migration}" dropped its table.`,
      hint: `Delete it, or bring the migration that made it anew: ${restore}`,
    };
  }
  return {
    code: "check.snapshot.edited",
    message: `"${path}" is not as the migration "${migration}" left it: it was edited by hand, or came without its migration.`,
    hint: `Take it as it was committed with that migration: ${restore}. Change the resource instead, then: npx ashlar gen migrations`,
  };
}
