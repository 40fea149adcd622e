/**
 * A client with one connection makes every query wait while a transaction has it. A query that the transaction's own
 * code sends past it then waits for itself, until Knex gives up a minute later. So the client remembers, along the
 * flow of asynchronous calls, which transaction the running code is inside of, and refuses such a query at once.
 *
 * Only transactions with a function are followed. Where code takes one by `await knex.transaction()`, what runs
 * afterwards cannot be told from unrelated work.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Knex } from "knex";
import { failure } from "../support/problem.js";

interface OpenTransaction {
  /** Of the client that began it; copies of a client, as Knex makes them, share it. */
  readonly pool: Knex.Client["pool"];
  readonly transaction: Knex.Transaction;
  readonly outer: OpenTransaction | undefined;
}

/** What a transaction runs, as Knex hands it to a client. */
export type Container = (transaction: Knex.Transaction) => unknown;

const openTransactions = new AsyncLocalStorage<OpenTransaction>();

/** The same function, remembered as the inside of a transaction of this client while it runs. */
export function rememberTransaction(client: Knex.Client, container: Container): Container {
  return (transaction) => {
    const outer = openTransactions.getStore();
    return openTransactions.run({ pool: client.pool, transaction, outer }, () => container(transaction));
  };
}

/**
 * Call it before taking the client's connection.
 *
 * @throws AshlarError `transaction.bypassed` where the caller runs inside an open transaction of the client.
 */
export function refuseOutsideOpenTransaction(client: Knex.Client): void {
  for (let open = openTransactions.getStore(); open !== undefined; open = open.outer) {
    if (open.pool === client.pool && !open.transaction.isCompleted()) throw createBypassError();
  }
}

function createBypassError(): Error {
  return failure({
    code: "transaction.bypassed",
    message:
      "A query was sent outside the transaction that is open here; with one connection it would wait forever.",
    hint: 'Send it through the transaction: trx("users"), or knex("users").transacting(trx); a nested one is trx.transaction(…).',
  });
}
