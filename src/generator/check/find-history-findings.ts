/**
 * Migrations against snapshots. The histories that change a table form a chain: each begins with the table as the one
 * before left it, and the last leaves it as the snapshot says. Where a link begins with an older state instead, two
 * branches have changed the table apart from each other, which is fine where each only added something of its own.
 * Where one begins with a state that no link left, somebody has merged by hand and gone on from there; what lies before
 * it is settled.
 */
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Problem } from "../../support/problem.js";
import { hashTable, type MigrationHistory } from "../history-store.js";
import { listLinks, type TableLink } from "../table-links.js";
import type { Notice } from "../plan.js";
import { dropExtension } from "../paths.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { joinFindings, type Findings } from "./findings.js";
import { createForkProblem } from "./fork-problem.js";
import { findBranches, findOpenForks, splitAtGaps } from "./find-branches.js";
import { fitsTogether, type MergedLinks } from "./fits-together.js";

export interface KnownSnapshots {
  /** The oldest first. */
  readonly histories: readonly MigrationHistory[];
  readonly snapshot: Snapshot;
  /** Folder of the migrations. */
  readonly migrations: string;
}

export interface KnownMigrations extends KnownSnapshots {
  /** Names of the migrations that are there. */
  readonly fileNames: readonly string[];
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

/**
 * The tables among these whose snapshot is gone, though the last migration that changed them left one: to make them
 * would be to make them twice.
 *
 * @returns problems `check.snapshot.missing`
 */
export function findMissingSnapshots(keys: readonly string[], known: KnownSnapshots): readonly Problem[] {
  return keys.flatMap((key) => {
    const last = listLinks(key, known.histories).at(-1);
    return last?.after === null ? [] : findSnapshotProblems(key, last, known);
  });
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

function findTableFindings(key: string, known: KnownMigrations): Partial<Findings> {
  const links = listLinks(key, known.histories);
  const gap = findGap(splitAtGaps(links));
  const notices = gap === undefined || fitsTogether(key, gap) ? [] : [createGapNotice(key, gap)];
  const { forks, fits } = findBranches(key, known);
  if (forks.length === 0) {
    return isRenamedInFork(key, known)
      ? {}
      : { problems: findSnapshotProblems(key, links.at(-1), known), notices };
  }
  return fits ? { notices } : { problems: forks.map((fork) => createForkProblem(key, fork)) };
}

/** Git follows a file that one branch renames, and merges into it what the other changed: that is told as the branch. */
function isRenamedInFork(key: string, { histories }: KnownMigrations): boolean {
  return histories
    .flatMap(({ renames = [] }) => [...renames].flatMap(([from, to]) => (to === key ? [from] : [])))
    .flatMap((from) => findOpenForks(listLinks(from, histories)))
    .some((fork) => [fork.first, fork.second].some(({ renamedTo }) => renamedTo === key));
}

/** What lies before the last gap, and what somebody made of it. */
interface Gap extends MergedLinks {
  readonly first: TableLink;
  readonly second: TableLink;
}

function findGap(spans: readonly (readonly TableLink[])[]): Gap | undefined {
  const links = spans.at(-2);
  if (links === undefined) return undefined;
  const [first, second] = [links.at(-1), spans.at(-1)?.[0]];
  if (first === undefined || second === undefined) return undefined;
  return { first, second, links, merged: second.table ?? undefined };
}

function createGapNotice(key: string, { first, second }: Gap): Notice {
  return {
    code: "check.history.gap",
    severity: "notice",
    message: `"${second.migration}" begins with another table "${key}" than "${first.migration}" left.`,
    hint: "That is so after a merge by hand. Whether the migrations still make the schema: npx ashlar check --prove",
  };
}

function findSnapshotProblems(
  key: string,
  last: TableLink | undefined,
  { snapshot, migrations }: KnownSnapshots,
): readonly Problem[] {
  const table = snapshot.get(key);
  const found = table === undefined ? null : hashTable(table);
  if (last === undefined || found === last.after) return [];
  return [createSnapshotProblem(findSnapshotPath(migrations, key), last, found)];
}

function createSnapshotProblem(path: string, { migration, after }: TableLink, found: string | null): Problem {
  const commits = `git log --all -- ${path}`;
  const restore = `git checkout HEAD -- ${path}. Where it is not so in the last commit, look for the one: ${commits}`;
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
      hint: `Delete it, or bring the migration that made it anew: ${commits}`,
    };
  }
  return {
    code: "check.snapshot.edited",
    message: `"${path}" is not as the migration "${migration}" left it: it was edited by hand, or came without its migration.`,
    hint: `Take it as it was committed with that migration: ${restore}. To change the table, change its resource, then: npx ashlar gen migrations`,
  };
}
