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
  readonly outer: OpenTransaction | undefined;
  /** To be called once the outermost transaction is committed. */
  readonly afterCommit: (() => Promise<void>)[];
}

const openTransactions = new AsyncLocalStorage<OpenTransaction>();

export function poolOf(knex: Knex): unknown {
  return (knex.client as { readonly pool: unknown }).pool;
}

/** The innermost transaction of this pool that is still open here. */
export function findOpenTransaction(pool: unknown): OpenTransaction | undefined {
  for (let open = openTransactions.getStore(); open !== undefined; open = open.outer) {
    if (open.pool === pool && !open.transaction.isCompleted()) return open;
  }
  return undefined;
}

/** Runs a function as the inside of a transaction. */
export function runInside<Result>(
  opened: Omit<OpenTransaction, "outer">,
  body: () => Promise<Result>,
): Promise<Result> {
  return openTransactions.run({ ...opened, outer: openTransactions.getStore() }, body);
}
