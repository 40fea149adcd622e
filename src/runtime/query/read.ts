import { failure } from "../../support/problem.js";
import { MultipleResultsError, NotFoundError } from "../errors/errors.js";
import { loadRelationships } from "../load/load-relationships.js";
import { createRecord } from "../mapping/table-map.js";
import { isTransaction } from "../session/open-transactions.js";
import { currentKnex, send, type Row, type Session } from "../session/session.js";
import { buildSelect } from "./build-select.js";
import { readColumns, type QueryData } from "./query-data.js";

/** What is only counted is not locked. */
export function withoutLock({ lock: _lock, ...query }: QueryData): QueryData {
  return query;
}

/** The records of a query, with what it loads. */
export async function readRecords(session: Session, query: QueryData): Promise<object[]> {
  const rows = await readRows(session, query);
  return createRecords(session, query, rows);
}

/** The rows of a query, keyed by attribute; `extra` columns are selected besides. */
export async function readRows(session: Session, query: QueryData, extra?: string): Promise<Row[]> {
  requireLockable(session, query);
  const statement = { resource: query.table.definition, operation: "read" } as const;
  return send<Row[]>(session, buildSelect(currentKnex(session), query, extra), statement);
}

export async function createRecords(
  session: Session,
  query: QueryData,
  rows: readonly Row[],
): Promise<object[]> {
  const columns = readColumns(query);
  const records = rows.map((row) => createRecord(query.table, columns, row));
  if (query.loads.length > 0) await loadRelationships(session, query.table, records, query.loads);
  return records;
}

export async function readOne(
  session: Session,
  query: QueryData,
  key?: Readonly<Record<string, unknown>>,
): Promise<object | null> {
  const limit = Math.min(query.limit ?? 2, 2);
  const [first, second] = await readRecords(session, { ...query, limit });
  if (second !== undefined) {
    throw new MultipleResultsError({ resource: query.table.definition, ...(key && { key }) });
  }
  return first ?? null;
}

export async function readOneOrThrow(
  session: Session,
  query: QueryData,
  key?: Readonly<Record<string, unknown>>,
): Promise<object> {
  const record = await readOne(session, query, key);
  if (record === null) throw new NotFoundError({ resource: query.table.definition, ...(key && { key }) });
  return record;
}

export async function countRows(session: Session, query: QueryData): Promise<number> {
  const knex = currentKnex(session);
  const counted = { ...withoutLock(query), sort: [], loads: [], select: [] };
  const rows = knex
    .queryBuilder()
    .select(knex.raw("count(*) as count"))
    .from(buildSelect(knex, counted).as("counted"));
  const [row] = await send<Row[]>(session, rows, { resource: query.table.definition, operation: "read" });
  return Number(row?.["count"]);
}

export async function existsRow(session: Session, query: QueryData): Promise<boolean> {
  const limit = Math.min(query.limit ?? 1, 1);
  const limited = { ...withoutLock(query), limit, sort: [], loads: [], select: [] };
  return (await readRows(session, limited)).length > 0;
}

/**
 * Refuses a lock that would end as soon as it is there.
 *
 * @throws AshlarError `query.lock.outside_transaction`
 */
export function requireLockable(session: Session, { lock }: Pick<QueryData, "lock">): void {
  if (lock === undefined || isTransaction(currentKnex(session))) return;
  throw failure({
    code: "query.lock.outside_transaction",
    message: "A lock ends with its transaction, and none is open here.",
    hint: "Read and write in one: repo.transaction(async (repo) => { … }).",
  });
}
