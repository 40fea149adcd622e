import { checkName, sequenceName } from "../support/constraint-names.js";
import { applyOperations } from "./apply.js";
import { findCheckedWords } from "./enum-types.js";
import type { Operation, OperationOf, RenamedConstraint } from "./operation.js";
import type { ColumnRename, Renames, TableRename } from "./renames.js";
import type { ColumnSnapshot, Snapshot } from "./snapshot.js";
import { buildKeyBeside, buildTableKey, parseTableKey } from "./table-key.js";

/**
 * The operations that carry renames out, tables before columns. A rename that the schema before already went through is
 * left out: its old name is not there, or its new name already is and does not make room by a rename of its own.
 */
export function findRenameOperations(
  before: Snapshot,
  after: Snapshot,
  renames: Renames,
): readonly Operation[] {
  const tables = findDueRenames(renames.tables, before, after);
  const tableOperations = renameInSteps(tables, before);
  const moved = applyOperations(before, tableOperations);
  const columns = groupByTable(renames.columns).flatMap(([table, ofTable]) =>
    findDueRenames(ofTable, columnsOf(moved, table), columnsOf(after, table)).map(
      ({ from, to }): ColumnRename => ({ table, from, to }),
    ),
  );
  const columnOperations = columns.map((rename): Operation => ({ kind: "renameColumn", ...rename }));
  const followers = findFollowers(moved, { tables, columns });
  return [...tableOperations, ...columnOperations, ...followers];
}

interface Names {
  readonly has: (name: string) => boolean;
}

/** Those that can be carried out, in an order in which each finds its new name free. */
function findDueRenames<Rename extends TableRename>(
  renames: readonly Rename[],
  before: Names,
  after: Names,
): readonly Rename[] {
  const open = renames.filter(({ from, to }) => from !== to && before.has(from) && after.has(to));
  const due: Rename[] = [];
  const taken = { from: new Set<string>(), to: new Set<string>() };
  const findNext = () =>
    open.find(({ from, to }) => {
      const isFree = !before.has(to) || taken.from.has(to);
      return isFree && !taken.from.has(from) && !taken.to.has(to);
    });
  for (let next = findNext(); next; next = findNext()) {
    due.push(next);
    taken.from.add(next.from);
    taken.to.add(next.to);
  }
  return due;
}

/** A database changes the schema and the name of a table one after the other; the places in between have to be free. */
function renameInSteps(renames: readonly TableRename[], before: Snapshot): readonly Operation[] {
  const taken = new Set(before.keys());
  return renames.flatMap(({ from, to }) => {
    const places = [from, ...findPlacesBetween(from, to, taken), to];
    taken.delete(from);
    taken.add(to);
    return places
      .slice(1)
      .map((place, step): Operation => ({ kind: "renameTable", from: places[step] ?? from, to: place }));
  });
}

function findPlacesBetween(from: string, to: string, taken: ReadonlySet<string>): readonly string[] {
  const [old, wanted] = [parseTableKey(from), parseTableKey(to)];
  if (old.schema === wanted.schema || old.name === wanted.name) return [];
  const renamedFirst = buildTableKey({ ...old, name: wanted.name });
  const movedFirst = buildTableKey({ ...wanted, name: old.name });
  const free = [renamedFirst, movedFirst].find((place) => !taken.has(place));
  const aside = `moving_${wanted.name}`.slice(0, 40);
  return free === undefined
    ? [buildTableKey({ ...old, name: aside }), buildTableKey({ ...wanted, name: aside })]
    : [free];
}

function columnsOf(snapshot: Snapshot, table: string): ReadonlySet<string> {
  return new Set(snapshot.get(table)?.columns.map(({ name }) => name));
}

function groupByTable(
  renames: readonly ColumnRename[],
): readonly (readonly [string, readonly ColumnRename[]])[] {
  const tables = [...new Set(renames.map(({ table }) => table))].sort();
  return tables.map((table) => [table, renames.filter((rename) => rename.table === table)]);
}

/**
 * What carries the names of a table and a column without being listed: the check of an enum, the sequence of a number.
 * That of a column which is to go follows too: the way back makes it under the new names, and takes them back.
 */
function findFollowers(moved: Snapshot, { tables, columns }: Renames): readonly Follower[] {
  const touched = [...new Set([...tables.map(({ to }) => to), ...columns.map(({ table }) => table)])];
  const followers = touched.flatMap((table) => {
    const oldTable = parseTableKey(tables.find(({ to }) => to === table)?.from ?? table).name;
    const ofTable = columns.filter((rename) => rename.table === table);
    return (moved.get(table)?.columns ?? []).flatMap((column) => {
      const name = ofTable.find(({ from }) => from === column.name)?.to ?? column.name;
      const names = {
        old: [oldTable, column.name] as const,
        new: [parseTableKey(table).name, name] as const,
      };
      return findRenamedFollower(column, names).map((renamed): Follower => ({
        kind: "renameConstraint",
        table,
        renamed,
      }));
    });
  });
  return freeNamesFirst(followers);
}

type Follower = OperationOf<"renameConstraint">;

/** A table that has moved may still hold, in its new schema, the name that the sequence of another is to have. */
function freeNamesFirst(followers: readonly Follower[]): readonly Follower[] {
  const open = [...followers];
  return followers.flatMap(() => {
    const held = new Set(open.map(({ table, renamed }) => buildKeyBeside(table, renamed.from)));
    const free = open.findIndex(({ table, renamed }) => !held.has(buildKeyBeside(table, renamed.to)));
    return open.splice(Math.max(free, 0), 1);
  });
}

type TableAndColumn = readonly [table: string, column: string];

function findRenamedFollower(
  column: ColumnSnapshot,
  names: { readonly old: TableAndColumn; readonly new: TableAndColumn },
): readonly RenamedConstraint[] {
  const renamed = (kind: RenamedConstraint["kind"], build: (table: string, column: string) => string) =>
    build(...names.old) === build(...names.new)
      ? []
      : [{ kind, from: build(...names.old), to: build(...names.new) }];
  if (column.default?.kind === "increment" || column.default?.kind === "identity") {
    return renamed("sequence", sequenceName);
  }
  return findCheckedWords(column.type) ? renamed("check", checkName) : [];
}
