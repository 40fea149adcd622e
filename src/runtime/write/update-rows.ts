import { joinFragments, plainSql, writeSql, type Fragment } from "../mapping/fragment.js";
import {
  bindValue,
  columnOf,
  createRecord,
  listColumns,
  type ColumnMap,
  type TableMap,
} from "../mapping/table-map.js";
import { limitRows, renderTupleMatch, writeRows, type Tuples } from "../mapping/tuples.js";
import { sendRows, type Session } from "../session/session.js";
import { explainRefusal, type RefusedRows } from "./explain-refusal.js";
import { toTuple } from "./insert-rows.js";
import { keyTextOf } from "./key-text.js";

/** A row to be changed: what becomes of some of its attributes. */
export interface RowChange {
  /** Holds at least the primary key. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly values: ReadonlyMap<string, unknown>;
  /** What is added to an attribute. */
  readonly increments: ReadonlyMap<string, number | bigint>;
  /** Attributes that must still have these values, or the row counts as gone. */
  readonly unchanged?: ReadonlyMap<string, unknown>;
}

/** Changes rows, those whose same attributes change in one statement. Gives each row as it is then; undefined where it is gone. */
export async function updateRows(
  session: Session,
  table: TableMap,
  changes: readonly RowChange[],
): Promise<(Record<string, unknown> | undefined)[]> {
  const found = new Map<string, Record<string, unknown>>();
  for (const group of groupChanges(table, changes)) {
    const statement = { resource: table.definition, operation: "update" } as const;
    const rows = await sendRows(session, renderUpdate(table, group), statement).catch(
      async (error: unknown) => {
        throw await explainRefusal(session, findRefused(table, group), error);
      },
    );
    for (const row of rows) {
      const record = createRecord(table, table.columns, row);
      found.set(keyTextOf(table, record), record);
    }
  }
  return changes.map((change) => found.get(keyTextOf(table, findKey(table, change))));
}

/** What was to be written; what stays as it is refers to what is there. */
function findRefused(table: TableMap, { changes }: ChangeGroup): RefusedRows {
  return { table, rows: changes.map(({ values }) => toTuple(table, values)) };
}

/** The primary key may be among what changes. */
function findKey({ primaryKey }: TableMap, { record, values }: RowChange): Record<string, unknown> {
  return Object.fromEntries(
    primaryKey.map(({ name }) => [name, values.has(name) ? values.get(name) : record[name]]),
  );
}

interface ChangeGroup {
  readonly sets: readonly ColumnMap[];
  readonly adds: readonly ColumnMap[];
  readonly guards: readonly ColumnMap[];
  readonly changes: readonly RowChange[];
}

function groupChanges(table: TableMap, changes: readonly RowChange[]): ChangeGroup[] {
  const groups = new Map<string, RowChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([
      [...change.values.keys()],
      [...change.increments.keys()],
      [...(change.unchanged?.keys() ?? [])],
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].flatMap((group) => splitGroup(table, group));
}

function splitGroup(table: TableMap, changes: readonly RowChange[]): ChangeGroup[] {
  const [first] = changes;
  if (first === undefined) return [];
  const toColumns = (names: Iterable<string>): ColumnMap[] => [...names].map((name) => columnOf(table, name));
  const sets = toColumns(first.values.keys());
  const adds = toColumns(first.increments.keys());
  const guards = toColumns(first.unchanged?.keys() ?? []);
  const size = limitRows(table, sets.length + adds.length + guards.length + table.primaryKey.length);
  const parts: ChangeGroup[] = [];
  for (let start = 0; start < changes.length; start += size) {
    parts.push({ sets, adds, guards, changes: changes.slice(start, start + size) });
  }
  return parts;
}

function renderUpdate(table: TableMap, group: ChangeGroup): Fragment {
  const [only] = group.changes;
  return only !== undefined && group.changes.length === 1
    ? renderOne(table, group, only)
    : renderMany(table, group);
}

function renderOne(table: TableMap, { sets, adds, guards }: ChangeGroup, change: RowChange): Fragment {
  const assignments = joinFragments(
    [
      ...sets.map((column) => assign(column, change.values.get(column.name))),
      ...adds.map((column) => ({
        sql: `${column.column} = coalesce(${column.column}, 0) + ?`,
        bindings: [change.increments.get(column.name)],
      })),
    ],
    ", ",
  );
  const key = renderTupleMatch(table, table.primaryKey, {
    rows: [table.primaryKey.map(({ name }) => change.record[name])],
  });
  const guarded = guards.map((column) => matchOne(column, change.unchanged?.get(column.name)));
  const where = joinFragments([key, ...guarded], " and ");
  return writeSql`update ${table.table} set ${assignments} where ${where} returning ${listColumns(table, table.columns)}`;
}

function assign(column: ColumnMap, value: unknown): Fragment {
  return { sql: `${column.column} = ?`, bindings: [bindValue(column, value)] };
}

function matchOne(column: ColumnMap, value: unknown): Fragment {
  if (value === null || value === undefined) return plainSql(`${column.column} is null`);
  return { sql: `${column.column} = ?`, bindings: [bindValue(column, value)] };
}

/** The new values as rows beside the table; the same statement for any number of them. */
function renderMany(table: TableMap, { sets, adds, guards, changes }: ChangeGroup): Fragment {
  const columns = [...table.primaryKey, ...sets, ...adds, ...guards];
  const rows: Tuples = changes.map((change) => [
    ...table.primaryKey.map(({ name }) => change.record[name]),
    ...sets.map(({ name }) => change.values.get(name)),
    ...adds.map(({ name }) => change.increments.get(name)),
    ...guards.map(({ name }) => change.unchanged?.get(name)),
  ]);
  const names = columns.map((_, index) => `"v${String(index)}"`);
  const at = (index: number): string => `"new".${names[index] ?? ""}`;
  const key = table.primaryKey.length;
  const assignments = [
    ...sets.map(({ column }, index) => `${column} = ${at(key + index)}`),
    ...adds.map(
      ({ column }, index) =>
        `${column} = coalesce(${table.table}.${column}, 0) + ${at(key + sets.length + index)}`,
    ),
  ];
  const start = key + sets.length + adds.length;
  const matches = [
    ...table.primaryKey.map(({ column }, index) => `${table.table}.${column} = ${at(index)}`),
    ...guards.map(({ column }, index) => isSame(table, `${table.table}.${column}`, at(start + index))),
  ];
  const source = writeSql`with "new"(${names.join(", ")}) as (${writeRows(table, columns, rows)}) `;
  const back = listColumns(table, table.columns, table.table);
  return writeSql`${source}update ${table.table} set ${assignments.join(", ")} from "new" where ${matches.join(" and ")} returning ${back}`;
}

function isSame({ database }: TableMap, left: string, right: string): string {
  return database === "sqlite" ? `${left} is ${right}` : `${left} is not distinct from ${right}`;
}
