/**
 * Which transaction the running code is inside of, along the flow of asynchronous calls. A repo that is used inside a
 * transaction without being handed the inner one still sends through it: on a database with one connection, a query
 * beside the transaction would wait for ever.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Knex } from "knex";

export interface OpenTransaction {
  /** Of the Knex instance that began it; the copies that Knex makes for transactions share it. */
  readonly pool: unknown;
  readonly transaction: Knex.Transaction;
  /** The Knex instance itself, or the transaction that this one is a savepoint of. */
  readonly begunOn: Knex;
  readonly outer: OpenTransaction | undefined;
  /** To be called once the outermost transaction is committed. */
  readonly afterCommit: (() => Promise<void>)[];
}

const openTransactions = new AsyncLocalStorage<OpenTransaction>();

/** What Knex's copies of a client for transactions share with it and with no other: not its pool, but its logger. */
export function poolOf(knex: Knex): unknown {
  return knex.client.logger;
}

/** Is it a transaction, begun by ashlar or by the caller through Knex? */
export function isTransaction(knex: Knex): knex is Knex.Transaction {
  return "isTransaction" in knex && knex.isTransaction === true;
}

/**
 * The innermost transaction that is still open here, of the pool of a Knex instance. Of a transaction, only one inside
 * it: a second one beside the first stays apart, and one that is over is not taken for another.
 */
export function findOpenTransaction(base: Knex): OpenTransaction | undefined {
  const pool = poolOf(base);
  for (let open = openTransactions.getStore(); open !== undefined; open = open.outer) {
    if (open.pool === pool && !open.transaction.isCompleted()) {
      return isTransaction(base) && !isInside(open, base) ? undefined : open;
    }
  }
  return undefined;
}

function isInside(open: OpenTransaction, base: Knex.Transaction): boolean {
  for (let each: OpenTransaction | undefined = open; each !== undefined; each = each.outer) {
    if (each.transaction === base || each.begunOn === base) return !base.isCompleted();
  }
  return false;
}

/** Runs a function as the inside of a transaction. */
export function runInside<Result>(
  opened: Omit<OpenTransaction, "outer">,
  body: () => Promise<Result>,
): Promise<Result> {
  return openTransactions.run({ ...opened, outer: openTransactions.getStore() }, body);
}
