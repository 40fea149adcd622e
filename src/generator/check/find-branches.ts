import type { Snapshot } from "../../migrations/snapshot.js";
import type { MigrationHistory } from "../history-store.js";
import { listLinks, type TableLink } from "../table-links.js";
import { fitsTogether } from "./fits-together.js";

/** Two links that begin with the same state. */
export interface Fork {
  /** The first link of the other branch. */
  readonly first: TableLink;
  readonly second: TableLink;
}

/** Where branches changed a table apart from each other, and whether each only added something of its own. */
export interface TableBranches {
  readonly forks: readonly Fork[];
  readonly fits: boolean;
}

/**
 * The branches that changed a table, since somebody last merged it by hand.
 *
 * @param histories the oldest first
 * @example
 * findBranches("users", { histories, snapshot }); // { forks: [{ first, second }], fits: false }
 */
export function findBranches(
  key: string,
  { histories, snapshot }: { readonly histories: readonly MigrationHistory[]; readonly snapshot: Snapshot },
): TableBranches {
  const links = listLinks(key, histories);
  const forks = findOpenForks(links);
  const merged = snapshot.get(key);
  return { forks, fits: forks.length > 0 && fitsTogether(key, { links: findCurrentSpan(links), merged }) };
}

/** The forks since somebody last merged the table by hand. */
export function findOpenForks(links: readonly TableLink[]): readonly Fork[] {
  const current = findCurrentSpan(links);
  return findForks(links).filter(({ second }) => current.includes(second));
}

function findCurrentSpan(links: readonly TableLink[]): readonly TableLink[] {
  return splitAtGaps(links).at(-1) ?? [];
}

/** A link that begins with a state that none before it knows begins a span of its own. */
export function splitAtGaps(links: readonly TableLink[]): readonly (readonly TableLink[])[] {
  const spans: TableLink[][] = [];
  const known = new Set<string | null>();
  for (const link of links) {
    const span = spans.at(-1);
    if (span === undefined || !known.has(link.before)) spans.push([link]);
    else span.push(link);
    known.add(link.before).add(link.after);
  }
  return spans;
}

function findForks(links: readonly TableLink[]): readonly Fork[] {
  return links.flatMap((second, index) => {
    if (links[index - 1]?.after === second.before) return [];
    const first = links.slice(0, index).findLast(({ before }) => before === second.before);
    return first === undefined ? [] : [{ first, second }];
  });
}
