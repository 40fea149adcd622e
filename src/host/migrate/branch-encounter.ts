/**
 * How a migration that has not run meets those that have. Where it was generated, the histories tell: branches that each
 * added something of their own go in any order, but what both changed cannot be changed from the same start twice.
 */
import { basename, dirname } from "node:path";
import { findBranches, type Fork } from "../../generator/check/find-branches.js";
import { readHistories, type MigrationHistory } from "../../generator/history-store.js";
import { readSnapshots } from "../../generator/snapshot-store.js";
import { isDrop, type TableLink } from "../../generator/table-links.js";
import { findFileNames } from "../../generator/undo/find-generated.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { isAshlarError } from "../../support/problem.js";
import { createDiskTree } from "../disk-tree.js";
import type { MigrationFile } from "./migration-files.js";
import { removeExtension } from "./records.js";

export type Encounter =
  | { readonly kind: "unknown" }
  /** The snapshots hold the marks of a merge. */
  | { readonly kind: "unfinished" }
  /** On these tables branches only added something of their own. */
  | { readonly kind: "fits"; readonly tables: readonly string[] }
  | Clash;

/** Two branches changed a table from the same start, and one of them has run here. */
export interface Clash {
  readonly kind: "clash";
  readonly table: string;
  readonly pending: string;
  readonly applied: string;
  /** Does one of the two drop the table? */
  readonly isDropped: boolean;
}

/** What is to be said of an encounter: after the message, and as the hint. */
export interface Advice {
  readonly also: string;
  readonly hint: string;
}

/**
 * How a migration that has not run meets those of these names that have. Histories that cannot be read are told by `check`.
 *
 * @example
 * readEncounter(file, new Set(["20261123090001_add_age_too.ts"]));
 * // { kind: "clash", table: "users", pending: "20261123090000_add_age", applied: "20261123090001_add_age_too", isDropped: false }
 */
export function readEncounter({ name, path }: MigrationFile, ran: ReadonlySet<string>): Encounter {
  if (path === undefined) return { kind: "unknown" };
  const folder = dirname(path);
  const files = createDiskTree(dirname(folder));
  const settings = { migrations: basename(folder) };
  try {
    const histories = readHistories(files, settings.migrations);
    const own = histories.find((history) => findFileNames(history, [name]).length > 0);
    if (own === undefined) return { kind: "unknown" };
    return meet(own, { histories, ran, snapshot: readSnapshots({ files, settings }) });
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return {
      kind: error.problems.some(({ code }) => code === "snapshot.conflict") ? "unfinished" : "unknown",
    };
  }
}

/** How two branches come together again, of which this database has run one. */
export function adviseOnClash(name: string, { table, pending, applied, isDropped }: Clash): Advice {
  const who = removeExtension(name) === pending ? "It" : `"${pending}"`;
  if (isDropped) {
    return {
      also: `${who} and "${applied}" part over the table "${table}": one changes it, the other drops it.`,
      hint: "How to settle that: npx ashlar check",
    };
  }
  return {
    also: `${who} and "${applied}" both change the table "${table}" as it was before either, so now it fails, or leaves something else than the snapshots say.`,
    hint:
      `Where only your databases have run "${applied}", take it back: npx ashlar undo migration ${applied} --rollback, then: npx ashlar migrate. ` +
      `Else take back "${pending}": npx ashlar undo migration ${pending} --rollback. What is left is made anew by: npx ashlar gen migrations`,
  };
}

interface Surroundings {
  readonly histories: readonly MigrationHistory[];
  readonly snapshot: Snapshot;
  /** Names of the migrations that have run. */
  readonly ran: ReadonlySet<string>;
}

function meet({ after }: MigrationHistory, surroundings: Surroundings): Encounter {
  const tables = [...after.keys()].map((key) => ({ key, ...findBranches(key, surroundings) }));
  const branched = tables.filter(({ forks }) => forks.length > 0);
  for (const { key, forks } of branched.filter(({ fits }) => !fits)) {
    const clash = forks.map((fork) => findClash(fork, surroundings)).find((found) => found !== undefined);
    if (clash !== undefined) return { kind: "clash", table: key, ...clash };
  }
  return branched.length > 0 && branched.every(({ fits }) => fits)
    ? { kind: "fits", tables: branched.map(({ key }) => key) }
    : { kind: "unknown" };
}

/** Has one side of a fork run here, and the other not? */
function findClash({ first, second }: Fork, { histories, ran }: Surroundings) {
  const hasRun = ({ migration }: TableLink): boolean =>
    histories.some((each) => each.migration === migration && findFileNames(each, [...ran]).length > 0);
  const [applied, pending] = hasRun(first) ? [first, second] : [second, first];
  if (!hasRun(applied) || hasRun(pending)) return undefined;
  const isDropped = isDrop(pending) !== isDrop(applied);
  return { pending: pending.migration, applied: applied.migration, isDropped };
}
