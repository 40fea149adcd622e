import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import type { Extensions } from "@electric-sql/pglite";
import type { Knex } from "knex";
import PostgresDialect from "knex/lib/dialects/postgres/index.js";
import { createDriverMissingError, resolveInstalled } from "./load-driver.js";
import { refuseOutsideOpenTransaction, rememberTransaction, type Container } from "./open-transaction.js";
import { openPglite, type PgliteSettings } from "./pglite-folder.js";
import type { PgliteConnection } from "./pglite-connection.js";

declare module "knex" {
  namespace Knex {
    interface PgConnectionConfig {
      /** For `PgliteClient`: the folder that holds the database. Without one it lives in memory. */
      dataDir?: string;
      /** For `PgliteClient`: PGlite's extensions by name. */
      extensions?: Extensions;
    }
  }
}

class PgliteDialect extends PostgresDialect {
  override initializeDriver(): void {
    if (resolveInstalled("@electric-sql/pglite") === undefined) {
      throw createDriverMissingError("PGlite", "@electric-sql/pglite");
    }
  }

  override async _acquireOnlyConnection(): Promise<PgliteConnection> {
    // What a knexfile with this client says under `connection`.
    return openPglite(this.connectionSettings as PgliteSettings);
  }

  override async destroyRawConnection(connection: PgliteConnection): Promise<void> {
    await connection.close();
  }

  override async acquireConnection(): Promise<PgliteConnection> {
    refuseOutsideOpenTransaction(this);
    return super.acquireConnection();
  }

  override transaction(container: Container, config: unknown, outer: unknown): Knex.Transaction {
    const remembered = this.transacting === true ? container : rememberTransaction(this, container);
    return super.transaction(remembered, config, outer);
  }

  /** The database is the connection: more than one cannot be, and one must stay. */
  override getPoolSettings(settings: Knex.PoolConfig): unknown {
    return super.getPoolSettings({ ...settings, min: 1, max: 1 });
  }

  /** Knex would ask `pg-query-stream`, which speaks to a socket. PGlite has all rows at once in any case. */
  async _stream(connection: PgliteConnection, query: StreamedQuery, stream: Writable): Promise<void> {
    const rows = await this.#readRows(connection, query).catch((error: unknown) => {
      stream.destroy(error instanceof Error ? error : undefined);
      throw error;
    });
    const source = Readable.from(rows);
    source.pipe(stream);
    await once(source, "close");
  }

  async #readRows(
    connection: PgliteConnection,
    { sql, bindings }: StreamedQuery,
  ): Promise<readonly unknown[]> {
    const results = await connection.run({ text: sql, values: bindings });
    return "rows" in results ? results.rows : results.flatMap(({ rows }) => rows);
  }
}

Object.assign(PgliteDialect.prototype, { canCancelQuery: false });

/**
 * PGlite for Knex: PostgreSQL inside the process, in a folder or in memory. It gives what `pg` gives. One process at a
 * time has the folder; it holds `<dataDir>.lock` from its first query to `destroy()`.
 *
 * Throws AshlarErrors: `database.driver.missing`; `database.locked`, which names the process that has the folder;
 * `database.folder.foreign` for a folder of other files; `transaction.bypassed` for a query past the open transaction.
 *
 * @example
 * const db = knex({ client: PgliteClient, connection: { dataDir: "./data" } });
 * await db("users").count(); // [{ count: "0" }]
 */
export const PgliteClient: typeof Knex.Client = PgliteDialect;

interface StreamedQuery {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}
