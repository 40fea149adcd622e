/** The parts of Knex's own dialects that a client is built on and that Knex's types leave out. */
declare module "knex/lib/dialects/postgres/index.js" {
  import type { Knex } from "knex";
  export default class PostgresDialect extends Knex.Client {
    /** Set on the clients of transactions only. */
    readonly transacting?: boolean;
    _acquireOnlyConnection(): Promise<unknown>;
  }
}

declare module "knex/lib/dialects/better-sqlite3/index.js" {
  import type { Knex } from "knex";
  export default class BetterSqliteDialect extends Knex.Client {
    /** Set on the clients of transactions only. */
    readonly transacting?: boolean;
    _query(connection: unknown, query: { sql: string }): Promise<unknown>;
    _escapeBinding(value: unknown, context?: object): string;
  }
}
