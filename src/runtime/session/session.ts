import type { Knex } from "knex";
import type { FailedStatement } from "../errors/constraint-issues.js";
import { translateDatabaseError } from "../errors/translate-error.js";
import type { Fragment } from "../mapping/fragment.js";
import type { DatabaseKind } from "../values/database.js";
import { findOpenTransaction } from "./open-transactions.js";
import type { QueryEvent, QueryListener } from "./query-event.js";

export type Row = Readonly<Record<string, unknown>>;

/** Where statements go: to the transaction that is open here, else to the Knex instance that the repo was made with. */
export interface Session {
  readonly database: DatabaseKind;
  readonly base: Knex;
  readonly listeners: Set<QueryListener>;
}

/** What sends at this moment. */
export function currentKnex({ base }: Session): Knex {
  return findOpenTransaction(base)?.transaction ?? base;
}

/** Sends a statement and gives its rows. Errors come as the runtime's own. */
export async function sendRows(
  session: Session,
  { sql, bindings }: Fragment,
  statement?: FailedStatement,
): Promise<Row[]> {
  // Values are bound by their types, into what the drivers take.
  const result = await send(session, currentKnex(session).raw(sql, bindings as Knex.RawBinding[]), statement);
  return readRows(result);
}

/** Sends what Knex has built; what it gives is what Knex gives. */
export async function send<Result>(
  { listeners }: Session,
  query: Knex.ChainableInterface<Result> & { toSQL(): unknown },
  statement?: FailedStatement,
): Promise<Result> {
  const started = performance.now();
  try {
    const result = await query;
    if (listeners.size > 0) tell(listeners, query, { started, rows: countRows(result) });
    return result;
  } catch (error) {
    const translated = translateDatabaseError(error, statement);
    if (listeners.size > 0) tell(listeners, query, { started, rows: undefined, error: translated });
    throw translated;
  }
}

function tell(
  listeners: ReadonlySet<QueryListener>,
  query: { toSQL(): unknown },
  { started, ...outcome }: Pick<QueryEvent, "rows" | "error"> & { readonly started: number },
): void {
  // One statement, as the runtime builds them.
  const { sql } = query.toSQL() as { readonly sql: string };
  const event = Object.freeze({ sql, milliseconds: performance.now() - started, ...outcome });
  for (const listener of listeners) tellOne(listener, event);
}

/** A listener that fails must not fail the statement, which is done: it shows as a warning of the process. */
function tellOne(listener: QueryListener, event: QueryEvent): void {
  try {
    listener(event);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** PostgreSQL's driver gives rows inside a result; SQLite's, through Knex, the rows themselves. */
function readRows(result: unknown): Row[] {
  if (Array.isArray(result)) return result;
  // Whatever is no list is such a result.
  const { rows } = result as { readonly rows?: Row[] };
  return rows ?? [];
}

function countRows(result: unknown): number | undefined {
  if (Array.isArray(result)) return result.length;
  if (typeof result !== "object" || result === null) return undefined;
  const { rows, rowCount }: { readonly rows?: unknown[]; readonly rowCount?: number | null } = result;
  return rowCount ?? rows?.length;
}
