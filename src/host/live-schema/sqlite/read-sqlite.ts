import type { Knex } from "knex";
import type { TableSnapshot } from "../../../migrations/snapshot.js";
import { buildTableKey } from "../../../migrations/table-key.js";
import type { LiveSchema, UnmanagedPart, UnmanagedTable } from "../live-schema.js";
import { readMaster, type MasterRows, type TableRow, type TriggerRow } from "./master.js";
import { parseTable } from "./parse-table.js";
import { readTable } from "./table.js";

/** The schema of an SQLite database; `ignored` are the names of tables that are nobody's business. */
export async function readSqlite(knex: Knex, ignored: ReadonlySet<string>): Promise<LiveSchema> {
  const rows = await readMaster(knex);
  const tables = rows.tables.filter(({ name, kind }) => !ignored.has(name) && kind !== "shadow");
  const managed = tables.filter(({ kind }) => kind === "table");
  return {
    snapshot: describeManaged(managed, rows),
    prerequisites: [],
    unmanaged: tables.filter(({ kind }) => kind !== "table").map((row) => describeUnmanaged(row, rows)),
    parts: rows.triggers
      .filter(({ table }) => managed.some(({ name }) => name === table))
      .map(describeTrigger),
    notices: managed.flatMap(findNotices),
  };
}

function describeManaged(managed: readonly TableRow[], rows: MasterRows): ReadonlyMap<string, TableSnapshot> {
  const keyed = managed.map((row) => [buildTableKey(row), readTable(row, rows)] as const);
  return new Map(keyed.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function describeUnmanaged(row: TableRow, rows: MasterRows): UnmanagedTable {
  const key = buildTableKey(row);
  const table = readTable({ ...row, sql: "" }, rows);
  if (row.kind === "view")
    return { key, kind: "view", why: `"${key}" is a view: a query, not a table.`, table };
  const why = `"${key}" is a virtual table, which a migration of ashlar cannot make.`;
  return { key, kind: "virtual table", why, table };
}

function describeTrigger({ table, name, sql }: TriggerRow): UnmanagedPart {
  const key = buildTableKey({ name: table });
  const why = `The trigger "${name}" of "${key}" runs code of the database; declare it under "statements" to have migrations make it.`;
  return { table: key, kind: "trigger", name, sql, why };
}

function findNotices({ name, sql }: TableRow): readonly string[] {
  const { isStrict, isWithoutRowId } = parseTable(sql);
  return [
    ...(isStrict ? [`"${name}" is strict about types, which is not kept.`] : []),
    ...(isWithoutRowId ? [`"${name}" has no row id, which is not kept.`] : []),
  ];
}
