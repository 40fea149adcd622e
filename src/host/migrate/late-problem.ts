/**
 * What to do about a migration that has not run though one that comes after it has. Where both were generated, their
 * histories tell whether it may run now: branches that each added something of their own go in any order, but what both
 * changed cannot be changed from the same start twice.
 */
import { basename, dirname } from "node:path";
import { findBranches, type Fork } from "../../generator/check/find-branches.js";
import { readHistories, type MigrationHistory } from "../../generator/history-store.js";
import { readSnapshots } from "../../generator/snapshot-store.js";
import type { TableLink } from "../../generator/table-links.js";
import { findFileNames } from "../../generator/undo/find-last-generated.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { isAshlarError, type Problem } from "../../support/problem.js";
import { createDiskTree } from "../disk-tree.js";
import { findOvertaker, type History } from "./history.js";
import type { MigrationFile } from "./migration-files.js";
import { removeExtension } from "./records.js";

/** The problem `migration.file.late`. */
export function createLateProblem(file: MigrationFile, history: History): Problem {
  const { name } = file;
  const ran = new Set(history.records.map((record) => record.name));
  const overtaker = findOvertaker(file, history, ran) ?? "";
  const { also = "", hint } = advise(name, readEncounter(file, ran));
  return {
    code: "migration.file.late",
    message: `The migration "${name}" has not run on this database, but "${overtaker}", which comes after it, has.${also}`,
    hint,
  };
}

/** How a late migration meets those that have run. */
type Encounter =
  | { readonly kind: "unknown" }
  /** On these tables branches only added something of their own. */
  | { readonly kind: "fits"; readonly tables: readonly string[] }
  | {
      readonly kind: "clash";
      readonly table: string;
      readonly pending: string;
      readonly applied: string;
      /** Was that one generated last? */
      readonly isLast: boolean;
      /** Does one of the two drop the table? */
      readonly isDropped: boolean;
    };

interface Advice {
  readonly also?: string;
  readonly hint: string;
}

const runLate = "npx ashlar migrate --allow-late";

function advise(name: string, encounter: Encounter): Advice {
  switch (encounter.kind) {
    case "unknown":
      return {
        hint: `If it may run now: ${runLate}. If it may not, give its file, and its file in snapshot/history if it has one, a name that sorts last.`,
      };
    case "fits":
      return {
        also: ` Each only adds something of its own to ${encounter.tables.map((key) => `"${key}"`).join(", ")}.`,
        hint: `So it may run now: ${runLate}`,
      };
    case "clash":
      return adviseOnClash(name, encounter);
  }
}

function adviseOnClash(
  name: string,
  { table, pending, applied, isLast, isDropped }: Extract<Encounter, { readonly kind: "clash" }>,
): Advice {
  const who = removeExtension(name) === pending ? "It" : `"${pending}"`;
  if (isDropped) {
    return {
      also: ` ${who} and "${applied}" part over the table "${table}": one changes it, the other drops it.`,
      hint: "How to settle that: npx ashlar check",
    };
  }
  const again = isLast ? "" : `, again until "${applied}" is taken back`;
  return {
    also: ` ${who} and "${applied}" both change the table "${table}" as it was before either, so now it fails, or leaves something else than the snapshots say.`,
    hint:
      `Where only your databases have run "${applied}", generate it anew after the other: npx ashlar undo migration --rollback${again}, then: npx ashlar migrate, then: npx ashlar gen migrations. ` +
      `Where others have run it too, take out of "${name}" what is done already, then: ${runLate}`,
  };
}

interface Surroundings {
  readonly histories: readonly MigrationHistory[];
  readonly snapshot: Snapshot;
  /** Names of the migrations that have run. */
  readonly ran: ReadonlySet<string>;
}

/** Histories that cannot be read are told by `check`. */
function readEncounter({ name, path }: MigrationFile, ran: ReadonlySet<string>): Encounter {
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
    if (isAshlarError(error)) return { kind: "unknown" };
    throw error;
  }
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
  const isLast = histories.at(-1)?.migration === applied.migration;
  const isDropped = [pending, applied].some(({ after }) => after === null);
  return { pending: pending.migration, applied: applied.migration, isLast, isDropped };
}
