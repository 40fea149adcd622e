import type { Knex } from "knex";
import BetterSqliteDialect from "knex/lib/dialects/better-sqlite3/index.js";
import { failure } from "../support/problem.js";
import { createDriverMissingError, loadFirstInstalled } from "./load-driver.js";
import { refuseOutsideOpenTransaction, rememberTransaction, type Container } from "./open-transaction.js";

/** What `libsql` and `better-sqlite3` have in common. */
interface SqliteConnection {
  pragma(source: string): readonly Record<string, unknown>[];
  exec(source: string): void;
}

interface SqliteSettings {
  readonly filename: string;
  readonly options?: { readonly readonly?: boolean };
}

const busyTimeoutMilliseconds = 5000;

/**
 * A transaction takes the right to write at its beginning. One that reads first and writes after another process did
 * fails at once, without waiting; and `libsql` 0.5 then shows that connection the old rows for ever.
 */
class SqliteDialect extends BetterSqliteDialect {
  constructor(config: Knex.Config) {
    super({ useNullAsDefault: true, ...config });
  }

  get settings(): SqliteSettings {
    // What a knexfile with this client says under `connection`.
    return this.connectionSettings as SqliteSettings;
  }

  override initializeDriver(): void {
    this.driver = loadFirstInstalled("libsql", "better-sqlite3");
    if (this.driver === undefined) throw createDriverMissingError("SQLite", "libsql");
  }

  override async acquireRawConnection(): Promise<SqliteConnection> {
    const connection: SqliteConnection = await super.acquireRawConnection();
    for (const pragma of listPragmas(this.settings)) connection.pragma(pragma);
    return connection;
  }

  override async acquireConnection(): Promise<SqliteConnection> {
    refuseOutsideOpenTransaction(this);
    return super.acquireConnection();
  }

  /** Knex leaves an escaped question mark, one that is no place of a value, as it is for SQLite. */
  override positionBindings(sql: string): string {
    return sql.replaceAll("\\?", "?");
  }

  /** Knex writes the values into its message when a statement fails, and stumbles over a bigint. */
  override _escapeBinding(value: unknown, context?: object): string {
    return typeof value === "bigint" ? String(value) : super._escapeBinding(value, context);
  }

  override transaction(container: Container, config: unknown, outer: unknown): Knex.Transaction {
    const remembered = this.transacting === true ? container : rememberTransaction(this, container);
    return super.transaction(remembered, config, outer);
  }

  override async _query(connection: SqliteConnection, query: { sql: string }): Promise<unknown> {
    if (query.sql === "BEGIN;" && !isReadonly(this.settings)) query.sql = "BEGIN IMMEDIATE;";
    if (isTableRebuild(query.sql) && enforcesForeignKeys(connection)) throw createRebuildError();
    if (query.sql !== "COMMIT;") return super._query(connection, query);
    commit(connection);
    return { ...query, response: [] };
  }
}

/**
 * A commit that is refused, as by a deferred foreign key, leaves SQLite in the transaction: it has to be ended. `libsql`
 * would keep tables locked after a refused statement that was prepared.
 */
function commit(connection: SqliteConnection): void {
  try {
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}

/**
 * SQLite for Knex, through `libsql`, or through `better-sqlite3` where the project has only that. Foreign keys are
 * enforced, a file is kept in WAL mode, and a second process waits up to 5 seconds for its turn.
 *
 * Throws AshlarErrors: `database.driver.missing`, `transaction.bypassed` for a query past the open transaction, and
 * `sqlite.rebuild.unsafe` for a change of a table that would take the rows that refer to it.
 *
 * @example
 * const db = knex({ client: SqliteClient, connection: { filename: "./data.sqlite" } });
 */
export const SqliteClient: typeof Knex.Client = SqliteDialect;

function listPragmas(settings: SqliteSettings): string[] {
  const { filename } = settings;
  const isPlainFile = filename !== "" && !filename.startsWith(":memory:") && !isReadonly(settings);
  return [
    `busy_timeout = ${busyTimeoutMilliseconds}`,
    ...(isPlainFile ? ["journal_mode = WAL"] : []),
    "foreign_keys = ON",
  ];
}

function isReadonly({ options }: SqliteSettings): boolean {
  return options?.readonly === true;
}

/** Knex changes most columns by a new table: create it under this name, copy, drop the old one, rename. */
function isTableRebuild(sql: string): boolean {
  return sql.startsWith("CREATE TABLE `_knex_temp_alter");
}

function enforcesForeignKeys(connection: SqliteConnection): boolean {
  return connection.pragma("foreign_keys")[0]?.["foreign_keys"] === 1;
}

/** Dropping a table deletes its rows first, and `on delete cascade` follows. Inside a transaction nothing can turn that off. */
function createRebuildError(): Error {
  return failure({
    code: "sqlite.rebuild.unsafe",
    message:
      "SQLite changes this table by making a new one, which inside a transaction would delete the rows that refer to it.",
    hint: "Run it by: npx ashlar migrate. Or take the migration out of its transaction: export const config = { transaction: false };",
  });
}
