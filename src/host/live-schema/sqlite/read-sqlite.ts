import type { Knex } from "knex";
import type { TableSnapshot } from "../../../migrations/snapshot.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import { quoteName } from "../../../migrations/render/sql/names.js";
import { findSqlNames } from "../../../migrations/sql-words.js";
import type { LiveSchema, UnmanagedPart, UnmanagedTable } from "../live-schema.js";
import { readMaster, type MasterRows, type TableRow, type TriggerRow } from "./master.js";
import { readTable } from "./table.js";
import { groupRows, type TableRows } from "./table-rows.js";

/** The schema of an SQLite database; `ignored` are the names of tables that are nobody's business. */
export async function readSqlite(knex: Knex, ignored: ReadonlySet<string>): Promise<LiveSchema> {
  const master = await readMaster(knex);
  const tables = groupRows(master).filter(({ table }) => !ignored.has(table.name) && table.kind !== "shadow");
  const managed = tables.filter(({ table }) => table.kind === "table");
  const names = new Set(managed.map(({ table }) => table.name));
  return {
    snapshot: describeManaged(managed),
    prerequisites: [],
    loose: [],
    unmanaged: tables
      .filter(({ table }) => table.kind !== "table")
      .map((rows) => describeUnmanaged(rows, master.unreadable)),
    parts: [
      ...master.triggers.filter(({ table }) => names.has(table)).map((each) => describeTrigger(each)),
      ...describeViews(
        tables.filter(({ table }) => table.kind === "view").map(({ table }) => table),
        { names, triggers: master.triggers },
      ),
    ],
    notices: managed.flatMap(findNotices),
  };
}

function describeManaged(managed: readonly TableRows[]): ReadonlyMap<string, TableSnapshot> {
  const keyed = managed.map((rows) => [buildTableKey(rows.table), readTable(rows)] as const);
  return new Map(keyed.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function describeUnmanaged(rows: TableRows, unreadable: MasterRows["unreadable"]): UnmanagedTable {
  const key = buildTableKey(rows.table);
  const table = readTable(rows);
  const reason = unreadable.get(rows.table.name);
  if (reason !== undefined) return { key, kind: "view", why: `cannot be read (${reason})`, table };
  if (rows.table.kind === "view") return { key, kind: "view", why: "is a query, not a table", table };
  const why = "is virtual, which a migration of ashlar cannot make";
  return { key, kind: "virtual table", why, table };
}

/** @param table whose statement it would be: its own, or the one that its view reads */
function describeTrigger({ table: own, name, sql }: TriggerRow, table = own): UnmanagedPart {
  const key = buildTableKey({ name: table });
  const why = `The trigger "${name}" of "${own}" runs code of the database; declare it under "statements" to have migrations make it.`;
  return { table: key, kind: "trigger", name, sql, down: `drop trigger ${quoteName(name)}`, why };
}

interface Surroundings {
  /** The managed tables. */
  readonly names: ReadonlySet<string>;
  readonly triggers: readonly TriggerRow[];
}

/**
 * A view that reads a table, be it by way of another view, stands in the way where that table is made anew. Its own
 * triggers go with it.
 */
function describeViews(
  views: readonly TableRow[],
  { names, triggers }: Surroundings,
): readonly UnmanagedPart[] {
  const found = views.flatMap((view) => {
    const read = findTableRead(view, views, names);
    return read === undefined ? [] : [{ view, read }];
  });
  return [
    ...found.map(({ view, read }) => describeView(view, read)),
    ...found.flatMap(({ view, read }) =>
      triggers.filter(({ table }) => table === view.name).map((each) => describeTrigger(each, read)),
    ),
  ];
}

/** The first table that a view names, else the first that the views do which it names, and so on. */
function findTableRead(
  view: TableRow,
  views: readonly TableRow[],
  names: ReadonlySet<string>,
): string | undefined {
  const tables = [...names].sort();
  const seen = new Set([view]);
  for (const { sql } of seen) {
    const said = findSqlNames(sql);
    const read = tables.find((table) => said.has(table.toLowerCase()));
    if (read !== undefined) return read;
    for (const other of views) if (said.has(other.name.toLowerCase())) seen.add(other);
  }
  return undefined;
}

function describeView({ name, sql }: TableRow, read: string): UnmanagedPart {
  const table = buildTableKey({ name: read });
  const why = `The view "${name}" reads "${table}"; declare it under "statements" to have migrations alter the table.`;
  return { table, kind: "view", name, sql, down: `drop view ${quoteName(name)}`, why };
}

function findNotices({ table: { name }, parsed }: TableRows): readonly string[] {
  return [
    ...(parsed.isStrict ? [`"${name}" is strict about types, which is not kept.`] : []),
    ...(parsed.isWithoutRowId ? [`"${name}" has no row id, which is not kept.`] : []),
  ];
}
