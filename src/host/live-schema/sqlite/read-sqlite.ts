import type { Knex } from "knex";
import type { TableSnapshot } from "../../../migrations/snapshot.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import { quoteName } from "../../../migrations/render/sql/names.js";
import { isNamedIn } from "../../../migrations/sql-words.js";
import type { LiveSchema, UnmanagedPart, UnmanagedTable } from "../live-schema.js";
import { readMaster, type TriggerRow } from "./master.js";
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
    unmanaged: tables.filter(({ table }) => table.kind !== "table").map(describeUnmanaged),
    parts: [
      ...master.triggers.filter(({ table }) => names.has(table)).map(describeTrigger),
      ...tables
        .filter(({ table }) => table.kind === "view")
        .flatMap(({ table }) => describeView(table, names)),
    ],
    notices: managed.flatMap(findNotices),
  };
}

function describeManaged(managed: readonly TableRows[]): ReadonlyMap<string, TableSnapshot> {
  const keyed = managed.map((rows) => [buildTableKey(rows.table), readTable(rows)] as const);
  return new Map(keyed.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function describeUnmanaged(rows: TableRows): UnmanagedTable {
  const key = buildTableKey(rows.table);
  const table = readTable(rows);
  if (rows.table.kind === "view")
    return { key, kind: "view", why: `"${key}" is a view: a query, not a table.`, table };
  const why = `"${key}" is a virtual table, which a migration of ashlar cannot make.`;
  return { key, kind: "virtual table", why, table };
}

function describeTrigger({ table, name, sql }: TriggerRow): UnmanagedPart {
  const key = buildTableKey({ name: table });
  const why = `The trigger "${name}" of "${key}" runs code of the database; declare it under "statements" to have migrations make it.`;
  return { table: key, kind: "trigger", name, sql, down: `drop trigger ${quoteName(name)}`, why };
}

/** A view that reads a table stands in the way where that table is made anew. */
function describeView(
  { name, sql }: TableRows["table"],
  managed: ReadonlySet<string>,
): readonly UnmanagedPart[] {
  const read = [...managed].sort().find((table) => isNamedIn(sql, table));
  if (read === undefined) return [];
  const table = buildTableKey({ name: read });
  const why = `The view "${name}" reads "${table}"; declare it under "statements" to have migrations alter the table.`;
  return [{ table, kind: "view", name, sql, down: `drop view ${quoteName(name)}`, why }];
}

function findNotices({ table: { name }, parsed }: TableRows): readonly string[] {
  return [
    ...(parsed.isStrict ? [`"${name}" is strict about types, which is not kept.`] : []),
    ...(parsed.isWithoutRowId ? [`"${name}" has no row id, which is not kept.`] : []),
  ];
}
