import { distance } from "fastest-levenshtein";
import { toSnakeCase } from "../support/casing.js";
import { applyOperations } from "./apply.js";
import { hasSameContent } from "./canonical-json.js";
import { compareByName } from "./match-named.js";
import { findRenameOperations } from "./rename-operations.js";
import { type Renames, noRenames } from "./renames.js";
import type { ColumnSnapshot, Snapshot, TableSnapshot } from "./snapshot.js";
import { parseTableKey } from "./table-key.js";
import { classifyTypeChange } from "./type-change.js";

/** Something that is gone and what is new and could be it, likeliest first. */
export type RenameCandidate =
  | {
      readonly kind: "column";
      /** The table's key after the change. */
      readonly table: string;
      readonly from: string;
      readonly to: readonly string[];
    }
  | { readonly kind: "table"; readonly from: string; readonly to: readonly string[] };

/**
 * What may have got another name, beyond the renames that are known: tables that are gone beside new ones that look like
 * them, columns that are gone beside new ones that could hold their values. Nothing is taken to be a rename.
 *
 * @example
 * findRenameCandidates(before, after, noRenames); // [{ kind: "column", table: "users", from: "name", to: ["full_name"] }]
 */
export function findRenameCandidates(
  before: Snapshot,
  after: Snapshot,
  renames: Renames = noRenames,
): readonly RenameCandidate[] {
  const start = applyOperations(before, findRenameOperations(before, after, renames));
  const kept = [...after].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...findTableCandidates(start, after),
    ...kept.flatMap(([key, table]) => findColumnCandidates(key, start.get(key), table)),
  ];
}

function findTableCandidates(before: Snapshot, after: Snapshot): readonly RenameCandidate[] {
  const gone = [...before].filter(([key]) => !after.has(key));
  const fresh = [...after].filter(([key]) => !before.has(key));
  return gone
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([from, table]): readonly RenameCandidate[] => {
      const to = rank(
        fresh.map(([key, other]) => ({ name: key, score: scoreTables([from, table], [key, other]) })),
      );
      return to.length === 0 ? [] : [{ kind: "table", from, to }];
    });
}

function findColumnCandidates(
  table: string,
  before: TableSnapshot | undefined,
  after: TableSnapshot,
): readonly RenameCandidate[] {
  if (!before) return [];
  const { onlyBefore, onlyAfter } = compareByName(before.columns, after.columns);
  return onlyBefore.flatMap((column): readonly RenameCandidate[] => {
    const to = rank(onlyAfter.map((other) => ({ name: other.name, score: scoreColumns(column, other) })));
    return to.length === 0 ? [] : [{ kind: "column", table, from: column.name, to }];
  });
}

interface Scored {
  readonly name: string;
  /** From 0, not at all, to 1. */
  readonly score: number;
}

function rank(candidates: readonly Scored[]): readonly string[] {
  return candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

/** A column whose values could not be read as the other's type was hardly renamed to it. */
function scoreColumns(before: ColumnSnapshot, after: ColumnSnapshot): number {
  if ((before.generatedAs === undefined) !== (after.generatedAs === undefined)) return 0;
  const change = classifyTypeChange(before.type, after.type);
  if (change === "castless") return 0;
  const isSame = hasSameContent(before.type, after.type);
  const byType = isSame ? 1 : change === "safe" ? 0.6 : 0.3;
  return (byType + compareNames(before.name, after.name)) / 2;
}

type KeyedTable = readonly [key: string, table: TableSnapshot];

/** Tables that have neither half of their columns nor half of their names in common are two tables. */
function scoreTables([from, before]: KeyedTable, [to, after]: KeyedTable): number {
  const names = after.columns.map(({ name }) => name);
  const shared = before.columns.filter(({ name }) => names.includes(name)).length;
  const byColumns = shared / Math.max(before.columns.length, names.length, 1);
  const byName = compareNames(parseTableKey(from).name, parseTableKey(to).name);
  return Math.max(byColumns, byName) < 0.5 ? 0 : (byColumns + byName) / 2;
}

/** How alike two names are, by their letters or by their words. */
function compareNames(one: string, other: string): number {
  const [a, b] = [toSnakeCase(one), toSnakeCase(other)];
  const byLetters = 1 - distance(a, b) / Math.max(a.length, b.length, 1);
  const [words, others] = [a.split("_"), b.split("_")];
  const byWords =
    words.filter((word) => others.includes(word)).length / Math.max(words.length, others.length);
  return Math.max(byLetters, byWords);
}
