/**
 * What a table was, told from its hash. Histories keep of a table after a migration only the hash, which is enough
 * where the next migration begins with it. Where two branches changed the table apart from each other it does not, but
 * what either made is a part of what the merge has: so the parts are tried, and the hash tells which one it is.
 */
import { applyOperations } from "../migrations/apply.js";
import { diffSnapshots } from "../migrations/diff.js";
import type { Operation } from "../migrations/operation.js";
import type { Snapshot, TableSnapshot } from "../migrations/snapshot.js";
import { hashTable, type MigrationHistory } from "./history-store.js";
import { listLinks, type TableLink } from "./table-links.js";

/** The table between `before` and `after` that each part of the steps makes, by its hash: the part as bits. */
export interface PartialStates {
  readonly operations: readonly Operation[];
  readonly parts: ReadonlyMap<string, number>;
  build(part: number): TableSnapshot | undefined;
}

/** Each step more doubles the parts. */
const maximumSteps = 10;

/** Undefined where there are too many steps to try. */
export function listPartialStates(
  key: string,
  before: TableSnapshot,
  after: TableSnapshot,
): PartialStates | undefined {
  const start: Snapshot = new Map([[key, before]]);
  const operations = diffSnapshots(start, new Map([[key, after]]));
  if (operations.length > maximumSteps) return undefined;
  const build = (part: number): TableSnapshot | undefined =>
    applyOperations(
      start,
      operations.filter((_, index) => (part & (1 << index)) !== 0),
    ).get(key);
  const parts = new Map<string, number>();
  for (let part = 0; part < 1 << operations.length; part++) {
    const table = build(part);
    if (table !== undefined) parts.set(hashTable(table), part);
  }
  return { operations, parts, build };
}

/** A schema as some of the migrations leave it, and the tables of which nobody can say how they are then. */
export interface ResolvedStates {
  readonly snapshot: Snapshot;
  readonly unknown: readonly string[];
}

/**
 * The schema without some migrations, wherever they stand among the others.
 *
 * @param snapshot what all of them leave
 * @example
 * rewindMigrations(readSnapshots(context), histories, [last]).snapshot; // as it was before the last
 */
export function rewindMigrations(
  snapshot: Snapshot,
  histories: readonly MigrationHistory[],
  gone: readonly MigrationHistory[],
): ResolvedStates {
  const tables = new Map(snapshot);
  const unknown: string[] = [];
  for (const key of new Set(gone.flatMap(({ after }) => [...after.keys()]))) {
    const table = findTableWithout(key, { histories, gone, tables: [snapshot.get(key)] });
    if (table === undefined) unknown.push(key);
    else if (table === null) tables.delete(key);
    else tables.set(key, table);
  }
  return { snapshot: tables, unknown };
}

/** What there is to tell a table from. */
export interface TableEvidence {
  readonly histories: readonly MigrationHistory[];
  /** Those of them to think away. */
  readonly gone: readonly MigrationHistory[];
  /** The table as it is now; several where a merge of it was not finished. */
  readonly tables: readonly (TableSnapshot | undefined)[];
}

/** A table without what some migrations did to it: null where there is none then, undefined where nobody can say. */
export function findTableWithout(
  key: string,
  { histories, gone, tables }: TableEvidence,
): TableSnapshot | null | undefined {
  const kept = listLinks(
    key,
    histories.filter((history) => !gone.includes(history)),
  );
  const left = listLinks(key, gone);
  const last = kept.at(-1);
  const next = left.find(({ migration }) => last === undefined || migration > last.migration);
  if (next !== undefined && isStart(next, kept, left)) return next.table;
  if (last === undefined || !isChain(kept)) return undefined;
  return findByHash(key, last.after, [...[...kept, ...left].map(({ table }) => table), ...tables]);
}

/** Does the first of those that go begin with what the last of the others left, or with what somebody merged by hand? */
function isStart(next: TableLink, kept: readonly TableLink[], left: readonly TableLink[]): boolean {
  const others = [...kept, ...left.slice(0, left.indexOf(next))];
  return next.before === kept.at(-1)?.after || !isKnown(next.before, others);
}

function isKnown(hash: string | null, links: readonly TableLink[]): boolean {
  return links.some(({ before, after }) => before === hash || after === hash);
}

/** Does each begin with what the one before left, or with what somebody merged by hand? */
function isChain(links: readonly TableLink[]): boolean {
  return links.every((link, index) => {
    const previous = links[index - 1];
    return (
      previous === undefined || link.before === previous.after || !isKnown(link.before, links.slice(0, index))
    );
  });
}

function findByHash(
  key: string,
  hash: string | null,
  given: readonly (TableSnapshot | null | undefined)[],
): TableSnapshot | null | undefined {
  if (hash === null) return null;
  const known = new Map(given.flatMap((table) => (table ? [[hashTable(table), table] as const] : [])));
  const found = known.get(hash);
  if (found !== undefined) return found;
  const tables = [...known.values()];
  for (const [before, after] of tables.flatMap((one) => tables.map((other) => [one, other] as const))) {
    const states = before === after ? undefined : listPartialStates(key, before, after);
    const part = states?.parts.get(hash);
    if (part !== undefined) return states?.build(part);
  }
  return undefined;
}
