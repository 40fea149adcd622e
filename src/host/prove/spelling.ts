/**
 * How the database writes the texts of SQL in the schema after a change, without building all of it: tables that the
 * change leaves alone are read from the schema before, and only the others are built to be read.
 */
import { adoptSqlTexts, hasSqlTexts } from "../../migrations/adopt-sql-texts.js";
import type { Operation } from "../../migrations/operation.js";
import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";
import { type Change, findTouched } from "./concerned-tables.js";

/** The part of the schema after the change that has to be built to know its texts; empty where none has any. */
export function findUnread(change: Change, operations: readonly Operation[]): Snapshot {
  const { after } = change;
  // Statements of the project's own may make what texts speak of.
  if ([...after.values()].some(({ statements }) => statements !== undefined)) {
    return hasSqlTexts(after) ? after : new Map();
  }
  const touched = findTouched(change, operations);
  return new Map(
    [...after].flatMap(([key, table]) =>
      touched.has(key) && hasSqlTexts(new Map([[key, table]])) ? [[key, withoutForeignKeys(table)]] : [],
    ),
  );
}

/** What a foreign key refers to need not be there for it. */
function withoutForeignKeys(table: TableSnapshot): TableSnapshot {
  return { ...table, foreignKeys: [] };
}

/**
 * The schema after the change as the database writes it.
 *
 * @param found the schema before as it was read
 * @param built what was read of the part that had to be built
 */
export function spellOut(
  change: Change,
  operations: readonly Operation[],
  { found, built }: { readonly found: Snapshot; readonly built: Snapshot },
): Snapshot {
  const touched = findTouched(change, operations);
  const alike = [...found].filter(([key]) => !touched.has(key));
  return adoptSqlTexts(change.after, new Map([...alike, ...built]));
}
