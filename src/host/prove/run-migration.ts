import type { Knex } from "knex";
import { inRebuildTransaction } from "../migrate/rebuild-transaction.js";
import type { LoadedMigration } from "./migration-text.js";
import { writeStatement } from "./write-statement.js";

export type Direction = "up" | "down";

/** A migration that failed in one direction, and what it had sent to the database last. */
export class MigrationRunError extends Error {
  readonly migration: string;
  readonly direction: Direction;
  /** The statement that failed; undefined where the migration stopped by itself. */
  readonly statement: string | undefined;

  constructor(given: {
    migration: string;
    direction: Direction;
    statement: string | undefined;
    cause: unknown;
  }) {
    super(given.cause instanceof Error ? given.cause.message : String(given.cause), { cause: given.cause });
    this.migration = given.migration;
    this.direction = given.direction;
    this.statement = given.statement;
  }
}

/**
 * Runs migrations in one direction as the runner does, each in a transaction unless it says otherwise. Gives what was
 * sent to the database.
 *
 * @throws MigrationRunError
 */
export async function runMigrations(
  knex: Knex,
  migrations: readonly LoadedMigration[],
  direction: Direction,
): Promise<readonly string[]> {
  const statements: string[] = [];
  const ordered = direction === "up" ? migrations : migrations.toReversed();
  for (const migration of ordered) statements.push(...(await runMigration(knex, migration, direction)));
  return statements;
}

interface SentQuery {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
}

async function runMigration(
  knex: Knex,
  { name, module }: LoadedMigration,
  direction: Direction,
): Promise<readonly string[]> {
  const sent: string[] = [];
  const failed = new WeakMap<object, string>();
  const onQuery = (query: SentQuery): void => void sent.push(writeStatement(query));
  const onError = (error: object, query: SentQuery): void => void failed.set(error, writeStatement(query));
  knex.on("query", onQuery).on("query-error", onError);
  try {
    await call(knex, module, direction);
    const isWithout = module.config?.transaction === false;
    return sent.filter((statement) => isOwnStatement(statement) || (isWithout && isTransaction(statement)));
  } catch (cause) {
    const statement = typeof cause === "object" && cause !== null ? failed.get(cause) : undefined;
    throw new MigrationRunError({ migration: name, direction, statement, cause });
  } finally {
    knex.removeListener("query", onQuery).removeListener("query-error", onError);
  }
}

async function call(knex: Knex, module: LoadedMigration["module"], direction: Direction): Promise<void> {
  const run = async (connection: Knex): Promise<void> => void (await module[direction]?.(connection));
  await (module.config?.transaction === false ? run(knex) : inRebuildTransaction(knex, run));
}

/** The bounds of a transaction, which a migration that runs without one has opened itself. */
function isTransaction(statement: string): boolean {
  return /^(?:begin|commit)\b/i.test(statement);
}

/** What Knex sends on its own account is left out: the bounds of transactions and its looks at SQLite's tables. */
function isOwnStatement(statement: string): boolean {
  return !/^\s*(?:begin|commit|rollback|savepoint|release|pragma|select type, sql from sqlite_master|select .* from sqlite_master)\b/i.test(
    statement,
  );
}
