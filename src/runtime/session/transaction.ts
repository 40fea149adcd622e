import type { Knex } from "knex";
import { usageError } from "../../support/problem.js";
import { isRetryable, translateDatabaseError } from "../errors/translate-error.js";
import { findOpenTransaction, isTransaction, poolOf, runInside } from "./open-transactions.js";
import { currentKnex, type Session } from "./session.js";
import type { TransactionOptions } from "./transaction-options.js";

/** How often a statement of ashlar's own that needs a transaction begins again, where nobody else's code ran. */
const OWN_RETRIES = 5;

/**
 * Runs a function in a transaction, inside another one in a savepoint.
 *
 * @throws what the function throws; errors of the database come as the runtime's own
 */
export async function runTransaction<Result>(
  session: Session,
  body: () => Promise<Result>,
  { isolation, retries = 0 }: TransactionOptions = {},
): Promise<Result> {
  const outer = findOpenTransaction(session.base);
  if (outer !== undefined || isTransaction(session.base)) {
    if (isolation !== undefined) throw createNestedIsolationError(isolation);
    return runNested(session, body, outer?.afterCommit);
  }
  return runOutermost(session, body, { retries, ...(isolation === undefined ? {} : { isolation }) });
}

/** All that a function sends, or nothing; begun again where the database gave up to let another go first. */
export function runAtomically<Result>(session: Session, body: () => Promise<Result>): Promise<Result> {
  return runTransaction(session, body, { retries: OWN_RETRIES });
}

/** One statement that needs no transaction around it, begun again as those that do are. */
export function runAlone<Result>(session: Session, body: () => Promise<Result>): Promise<Result> {
  const isInside = findOpenTransaction(session.base) !== undefined || isTransaction(session.base);
  return isInside ? body() : repeat(OWN_RETRIES, body);
}

/** Calls a function once what is being done here is committed for good. */
export async function runAfterCommit(session: Session, callback: () => Promise<void>): Promise<void> {
  const open = findOpenTransaction(session.base);
  if (open !== undefined) open.afterCommit.push(callback);
  else if (isTransaction(session.base)) void callAfter(session.base, [callback]);
  else await callback();
}

async function runOutermost<Result>(
  session: Session,
  body: () => Promise<Result>,
  { isolation, retries = 0 }: TransactionOptions,
): Promise<Result> {
  const { result, afterCommit } = await repeat(retries, async () => {
    const afterCommit: (() => Promise<void>)[] = [];
    return { result: await begin(session, body, { afterCommit, isolation }), afterCommit };
  });
  for (const callback of afterCommit) await callback();
  return result;
}

/** Tries again where the database gave up to let another go first. */
async function repeat<Result>(retries: number, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error;
    }
    await waitBefore(attempt);
  }
}

interface Beginning {
  readonly afterCommit: (() => Promise<void>)[];
  readonly isolation?: TransactionOptions["isolation"] | undefined;
}

async function begin<Result>(
  session: Session,
  body: () => Promise<Result>,
  { afterCommit, isolation }: Beginning,
): Promise<Result> {
  const knex = currentKnex(session);
  const config: Knex.TransactionConfig =
    isolation === undefined || session.database === "sqlite" ? {} : { isolationLevel: isolation };
  let thrown: { readonly error: unknown } | undefined;
  const inside = async (): Promise<Result> => {
    try {
      return await body();
    } catch (error) {
      thrown = { error };
      throw error;
    }
  };
  try {
    return await knex.transaction(
      (transaction) =>
        runInside({ pool: poolOf(session.base), begunOn: knex, transaction, afterCommit }, inside),
      config,
    );
  } catch (error) {
    // What the body threw is the caller's own; the rest is what the database said to begin or commit.
    throw thrown === undefined ? translateDatabaseError(error) : thrown.error;
  }
}

/** What was to happen after the commit is forgotten with a savepoint that is rolled back. */
async function runNested<Result>(
  session: Session,
  body: () => Promise<Result>,
  outerCallbacks: (() => Promise<void>)[] | undefined,
): Promise<Result> {
  const afterCommit: (() => Promise<void>)[] = [];
  const result = await begin(session, body, { afterCommit });
  if (outerCallbacks !== undefined) outerCallbacks.push(...afterCommit);
  // None of ashlar's own is open around it, so the base is the caller's.
  else void callAfter(session.base as Knex.Transaction, afterCommit);
  return result;
}

/** Where the transaction is one that the caller began through Knex. */
async function callAfter(
  transaction: Knex.Transaction,
  callbacks: readonly (() => Promise<void>)[],
): Promise<void> {
  try {
    await transaction.executionPromise;
  } catch {
    return;
  }
  for (const callback of callbacks) await callback();
}

/** Longer each time, and never the same for two that hinder each other. */
function waitBefore(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
}

function createNestedIsolationError(isolation: string): Error {
  return usageError({
    code: "transaction.isolation.nested",
    message: `A transaction inside another cannot be "${isolation}" on its own.`,
    hint: "Give the isolation to the outermost transaction.",
  });
}
