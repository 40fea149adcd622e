import type { Knex } from "knex";
import type { MigrationDatabase } from "../../../migrations/render/source.js";
import type { Snapshot, TableSnapshot } from "../../../migrations/snapshot.js";
import { buildRow, type Row } from "./build-row.js";
import { queryRows } from "../query-rows.js";
import { quoteName, quoteTable } from "./quote-name.js";
import { orderTables } from "./table-order.js";

export interface RowsRequest {
  readonly snapshot: Snapshot;
  /** The table on the other side of the change, by its key on this side. */
  readonly findOther: (key: string) => TableSnapshot | undefined;
  readonly database: MigrationDatabase;
  /** The number of the first row; rows of other numbers are there already. */
  readonly first: number;
  readonly count: number;
}

export interface InsertedRows {
  readonly count: number;
  /** Why a table has none, a sentence each. */
  readonly notices: readonly string[];
}

/** How many kinds of rows are tried where the database refuses one. */
const flavours = 16;

/** Puts some rows into every table, such that keys, foreign keys and checks of both sides hold where that can be. */
export async function insertRows(knex: Knex, request: RowsRequest): Promise<InsertedRows> {
  const rows = new Map<string, Row[]>();
  const notices: string[] = [];
  for (const key of orderTables(request.snapshot)) {
    const refusal = await fillTable(knex, key, request, rows);
    if (refusal !== undefined)
      notices.push(`No row could be put into "${key}", so nothing of it was tried: ${refusal}.`);
  }
  const count = [...rows.values()].reduce((sum, list) => sum + list.length, 0);
  return { count, notices };
}

/** Gives the reason where not a single row went in. */
async function fillTable(
  knex: Knex,
  key: string,
  request: RowsRequest,
  rows: Map<string, Row[]>,
): Promise<string | undefined> {
  const table = request.snapshot.get(key);
  if (table === undefined) return undefined;
  const inserted: Row[] = [];
  rows.set(key, inserted);
  let refusal: string | undefined;
  for (let number = request.first; number < request.first + request.count; number += 1) {
    const found = await insertSome(knex, {
      ...request,
      key,
      table,
      number,
      findRows: (name) => rows.get(name) ?? [],
    });
    if (typeof found === "string") refusal = found;
    else inserted.push(found);
  }
  return inserted.length === 0 ? refusal : undefined;
}

interface OneRow extends RowsRequest {
  readonly key: string;
  readonly table: TableSnapshot;
  readonly number: number;
  readonly findRows: (table: string) => readonly Row[];
}

/** The row as the database has it, or why it takes none. */
async function insertSome(knex: Knex, request: OneRow): Promise<Row | string> {
  let refusal = "what it refers to has no rows";
  for (let flavour = 0; flavour < flavours; flavour += 1) {
    const row = buildRow({ ...request, other: request.findOther(request.key), flavour });
    if (row === undefined) return refusal;
    try {
      return await knex.transaction((trx) => insertRow(trx, row, request));
    } catch (error) {
      refusal = error instanceof Error ? (error.message.split(" - ").at(-1) ?? "") : String(error);
    }
  }
  return refusal;
}

async function insertRow(trx: Knex, row: Row, request: OneRow): Promise<Row> {
  const { key, table } = request;
  const names = Object.keys(row);
  const values =
    names.length === 0
      ? "default values"
      : `(${names.map(quoteName).join(", ")}) values (${names.map(() => "?").join(", ")})`;
  const returned = table.columns
    .map(({ name }, place) => `cast(${quoteName(name)} as text) as c${place}`)
    .join(", ");
  const bindings = names.map((name) => row[name] ?? null);
  const [found] = await queryRows<Row>(
    trx,
    `insert into ${quoteTable(key)} ${values} returning ${returned}`,
    bindings,
  );
  await refuseUnderOtherChecks(trx, request);
  return Object.fromEntries(table.columns.map(({ name }, place) => [name, found?.[`c${place}`] ?? null]));
}

/** A check that only the other side has must hold too, as far as its columns are there. */
async function refuseUnderOtherChecks(trx: Knex, { key, table, findOther }: OneRow): Promise<void> {
  const known = new Set((table.checks ?? []).map(({ sql }) => sql));
  const checks = (findOther(key)?.checks ?? []).filter(({ sql }) => !known.has(sql));
  for (const { name, sql } of checks) {
    const condition = sql.replaceAll("?", "\\?");
    const query = `select 1 as found from ${quoteTable(key)} where not (${condition})`;
    const found = await trx.transaction((inner) => queryRows(inner, query)).catch(() => []);
    if (found.length > 0) throw new Error(`the check "${name}" refuses it`);
  }
}
