import { columnOf, createRecord, type ColumnMap, type TableMap } from "../mapping/table-map.js";
import type { Tuples } from "../mapping/tuples.js";
import type { CreateOutcome } from "../repo-types.js";
import type { Row, Session } from "../session/session.js";
import { findExisting } from "../write/find-existing.js";
import { insertTuples, type InsertedRows } from "../write/insert-rows.js";
import { keyTextOfValues } from "../write/key-text.js";
import type { AnyRecord } from "./draft.js";

export type Outcome = CreateOutcome<AnyRecord>;

/** What a new row does that meets one with the same key. */
export type OnDuplicate =
  | { readonly kind: "error" | "ignore" }
  | {
      readonly kind: "update";
      readonly target: readonly string[];
      readonly where?: string | undefined;
      readonly fieldsOf: (place: number) => readonly string[];
      /** Does anybody ask whether a row was made or updated? SQLite has to be asked before. */
      readonly isTold: boolean;
    };

export interface NewRows {
  readonly table: TableMap;
  /** Values by column, in the order of the table; undefined where the database is to decide. */
  readonly rows: Tuples;
  readonly onDuplicate: OnDuplicate;
}

/** Writes new rows and tells what became of each. */
export function writeNewRows(session: Session, given: NewRows): Promise<Outcome[]> {
  if (given.onDuplicate.kind === "ignore") return insertMissing(session, given);
  return given.onDuplicate.kind === "update" ? upsertRows(session, given) : insertAll(session, given);
}

async function insertAll(session: Session, { table, rows }: NewRows): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const inserted of await insertTuples(session, { table, rows })) {
    forEachRow(inserted, (place, row) => {
      outcomes[place] = { status: "created", record: createRecord(table, table.columns, row) };
    });
  }
  return outcomes;
}

function forEachRow({ places, rows }: InsertedRows, use: (place: number, row: Row) => void): void {
  for (const [index, row] of rows.entries()) use(places[index] ?? index, row);
}

async function upsertRows(session: Session, { table, rows, onDuplicate }: NewRows): Promise<Outcome[]> {
  if (onDuplicate.kind !== "update") return [];
  const columns = onDuplicate.target.map((name) => columnOf(table, name));
  const keys = rows.map((row) => columns.map((column) => row[table.columns.indexOf(column)]));
  const isAsked = onDuplicate.isTold && table.database === "sqlite";
  const known = isAsked
    ? await findExisting(session, table, { columns, rows: keys, where: onDuplicate.where })
    : undefined;
  const outcomes: Outcome[] = [];
  for (const inserted of await insertTuples(session, { table, rows, onConflict: onDuplicate })) {
    forEachRow(inserted, (place, row) => {
      const key = keyTextOfValues(columns, keys[place] ?? []);
      const isNew = known === undefined ? row["$created"] !== false : key === undefined || !known.has(key);
      const record = createRecord(table, table.columns, row);
      outcomes[place] = { status: isNew ? "created" : "updated", record };
    });
  }
  return outcomes;
}

/** What is there already is left out; of the others only keys come back where all the rest was given. */
async function insertMissing(session: Session, { table, rows }: NewRows): Promise<Outcome[]> {
  const outcomes = rows.map((): Outcome => ({ status: "skipped" }));
  const isComplete = rows.every((row) => !row.includes(undefined));
  const returning = isComplete ? listKeyColumns(table) : table.columns;
  const onConflict = { kind: "ignore" } as const;
  for (const inserted of await insertTuples(session, { table, rows, onConflict, returning })) {
    const makes = isComplete
      ? (place: number) => createWhole(table, rows[place] ?? [])
      : (_: number, row: Row) => createRecord(table, returning, row);
    for (const [place, row] of matchRows(table, rows, { ...inserted, returning })) {
      outcomes[place] = { status: "created", record: makes(place, row) };
    }
  }
  return outcomes;
}

function createWhole({ columns, makeRecord }: TableMap, row: readonly unknown[]): AnyRecord {
  const record = makeRecord();
  for (const [index, { name }] of columns.entries()) record[name] = row[index];
  return record;
}

/**
 * Which row each of those came from that came back. They come in the order in which they were sent, some left out: the next
 * that is the same in all that keys are made of, as far as the row gave it, is the one.
 */
function matchRows(
  table: TableMap,
  rows: Tuples,
  { places, rows: returned, returning }: InsertedRows & { readonly returning: readonly ColumnMap[] },
): (readonly [number, Row])[] {
  if (returned.length === places.length) return returned.map((row, index) => [places[index] ?? index, row]);
  const keys = listKeyColumns(table).filter((column) => returning.includes(column));
  const at = keys.map((column) => table.columns.indexOf(column));
  let next = 0;
  return returned.flatMap((row) => {
    const record = createRecord(table, returning, row);
    while (next < places.length) {
      const place = places[next] ?? next;
      next += 1;
      const given = rows[place] ?? [];
      const isSame = keys.every((column, index) => isSent(column, given[at[index] ?? 0], record));
      if (isSame) return [[place, row] as const];
    }
    return [];
  });
}

function isSent({ name, keyOf }: ColumnMap, given: unknown, record: AnyRecord): boolean {
  const came = record[name] ?? null;
  if (given === undefined) return true;
  return given === null || came === null ? given === came : keyOf(given) === keyOf(came);
}

function listKeyColumns({ definition, columns }: TableMap): readonly ColumnMap[] {
  const names = new Set([
    ...definition.primaryKey,
    ...definition.identities.flatMap(({ attributes }) => attributes),
  ]);
  return columns.filter(({ name, attribute }) => names.has(name) || attribute.unique);
}
