import type { Knex } from "knex";
import { checkDefinitions } from "./checks/check-definitions.js";
import { checkDatabase } from "./checks/database-rules.js";
import { createWrites } from "./changeset/repo-writes.js";
import type { Domain } from "./domain.js";
import { loadRecords, type LoadHow } from "./load/load-records.js";
import { guardUnloaded } from "./load/unloaded-guard.js";
import { mapTable } from "./mapping/table-map.js";
import { createPrimaryQuery, createQuery } from "./query/query.js";
import type { Repo } from "./repo-types.js";
import type { AnyResource } from "./resource.js";
import { findDatabaseKind } from "./session/database-kind.js";
import type { QueryListener } from "./session/query-event.js";
import { currentKnex, type Session } from "./session/session.js";
import { runTransaction } from "./session/transaction.js";
import type { TransactionOptions } from "./session/transaction-options.js";

/** What a repo is told. */
export interface RepoOptions {
  readonly domains: readonly Domain[];
}

/**
 * Joins a Knex connection, or a transaction of Knex's, and domains. Sends nothing to the database.
 *
 * @throws AshlarError with everything that is wrong in the definitions of the domains
 * @example
 * export const repo = createRepo(knex, { domains: [Accounts, Works] });
 */
export function createRepo(knex: Knex, { domains }: RepoOptions): Repo {
  checkDefinitions(domains);
  for (const { definition } of domains.flatMap(({ resources }) => resources)) guardUnloaded(definition);
  const database = findDatabaseKind(knex);
  checkDatabase(domains, database);
  const session: Session = { database, base: knex, listeners: new Set() };
  return buildRepo(session, Object.freeze([...domains]));
}

function buildRepo(session: Session, domains: readonly Domain[]): Repo {
  const handOver = (base = currentKnex(session)): Repo => buildRepo({ ...session, base }, domains);
  const repo = {
    /** What sends here: past an open transaction it would wait for it, or not see what it did. */
    get knex(): Knex {
      return currentKnex(session);
    },
    domains,
    query: (resource: AnyResource, ...given: readonly unknown[]) => createQuery(session, resource, ...given),
    get: async (resource: AnyResource, key: unknown) =>
      createPrimaryQuery(session, mapTable(resource.definition, session.database)).get(key),
    load: (resource: AnyResource, records: object, name: string, how?: LoadHow) =>
      loadInto(session, resource, { records, name, how }),
    ...createWrites(session, handOver),
    transaction: <Result>(body: (repo: Repo) => Promise<Result>, options?: TransactionOptions) =>
      runTransaction(session, () => body(handOver()), options),
    onQuery(listener: QueryListener): () => void {
      // A listener of its own, so that one that is given twice is told twice and ended one at a time.
      const own: QueryListener = (event) => listener(event);
      session.listeners.add(own);
      return () => void session.listeners.delete(own);
    },
  };
  // The face is generic in each resource; what stands behind it reads definitions and is not.
  return Object.freeze(repo) as unknown as Repo;
}

async function loadInto(
  session: Session,
  resource: AnyResource,
  { records, name, how }: { readonly records: object; readonly name: string; readonly how: LoadHow },
): Promise<object> {
  const list: readonly object[] = Array.isArray(records) ? records : [records];
  await loadRecords(session, mapTable(resource.definition, session.database), list, { name, how });
  return Array.isArray(records) ? [...records] : records;
}
