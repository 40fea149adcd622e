import type { Knex } from "knex";

/** How long a statement of a migration in a transaction waits for a lock, in milliseconds. */
export const defaultLockTimeout = 5000;

/**
 * What a migration on PostgreSQL sends first, as statements. In a transaction one that waits for a lock makes all
 * who come after it wait too, so it gives up after `lockTimeout` milliseconds; 0 is never. Outside of one nothing is
 * undone by giving up, and what belongs there (an index built CONCURRENTLY, a constraint validated) lets others pass
 * while it waits, so it waits. What does not let them pass is put into short transactions by the migration itself.
 *
 * @example
 * listSessionSettings({ transaction: true, lockTimeout: 5000 });
 * // ["set local lock_timeout = '5000ms'", "set local statement_timeout = 0"]
 */
export function listSessionSettings(options: {
  readonly transaction: boolean;
  readonly lockTimeout: number;
}): readonly string[] {
  const { transaction, lockTimeout } = options;
  if (!transaction) return ["set lock_timeout = 0", "set statement_timeout = 0"];
  return [
    lockTimeout === 0 ? "set local lock_timeout = 0" : `set local lock_timeout = '${lockTimeout}ms'`,
    "set local statement_timeout = 0",
  ];
}

/** Does this Knex talk to PostgreSQL, on a server or in the process? */
export function isPostgres({ client }: Knex): boolean {
  return client.dialect === "postgresql";
}

type AfterCreate = (connection: unknown, done: (error: unknown, connection?: unknown) => void) => void;

/**
 * A pool whose connections to PostgreSQL have the settings of a migration outside a transaction, after what the
 * project itself does with a new connection.
 */
export function addSessionSettings(
  pool: Knex.PoolConfig | undefined,
  getKnex: () => Knex,
): Knex.PoolConfig & { readonly afterCreate: AfterCreate } {
  // Knex calls it so; its types say only that it is a function.
  const own = pool?.afterCreate as AfterCreate | undefined;
  const afterCreate: AfterCreate = (connection, done) => {
    const prepare = (): void =>
      void prepareConnection(getKnex(), connection).then(() => done(null, connection), done);
    if (own === undefined) prepare();
    else own(connection, (error) => (error ? done(error, connection) : prepare()));
  };
  return { ...pool, afterCreate };
}

/**
 * `client_connection_check_interval` lets the server notice that the process was killed while a statement runs; the
 * statement would else go on, beside those of the next run. Older servers and some systems do not have it.
 */
async function prepareConnection(knex: Knex, connection: unknown): Promise<void> {
  if (!isPostgres(knex)) return;
  const send = (sql: string): Promise<unknown> => sendOn(knex, connection, sql);
  for (const sql of listSessionSettings({ transaction: false, lockTimeout: 0 })) await send(sql);
  await send("set client_connection_check_interval = '1s'").catch(() => undefined);
}

/** Sends a statement on this very connection; gives its rows. */
export async function sendOn(
  knex: Knex,
  connection: unknown,
  sql: string,
  bindings: readonly (string | number)[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const result: { readonly rows: readonly Record<string, unknown>[] } = await knex
    .raw(sql, [...bindings])
    .connection(connection);
  return result.rows;
}
