import { setTimeout } from "node:timers/promises";
import type { Knex } from "knex";
import type { Database } from "./database.js";

const ensureAttempts = 10;

/** A row of Knex's table of migrations that have run. */
export interface MigrationRecord {
  readonly name: string;
  readonly batch: number;
  readonly ranAt: Date;
}

/** The part of a Knex that turns off what the project does to identifiers and results; Knex's types leave it out. */
interface Processing {
  disableProcessing(): void;
  enableProcessing(): void;
}

/** Knex's table of migrations, or with a suffix one that belongs to it, by its name and schema. */
export function findRecordsTable(
  { migrations = {} }: Knex.Config,
  suffix = "",
): { readonly schemaName: string | undefined; readonly tableName: string } {
  const { schemaName, tableName = "knex_migrations" } = migrations;
  return { schemaName, tableName: `${tableName}${suffix}` };
}

/** Such a table, through the given Knex or transaction, whose processing is off. */
export function selectTable(knex: Knex, config: Knex.Config, suffix = ""): Knex.QueryBuilder {
  const { schemaName, tableName } = findRecordsTable(config, suffix);
  return schemaName === undefined ? knex(tableName) : knex(tableName).withSchema(schemaName);
}

export function hasRecordsTable(knex: Knex, config: Knex.Config, suffix = ""): Promise<boolean> {
  const { schemaName, tableName } = findRecordsTable(config, suffix);
  const schema = schemaName === undefined ? knex.schema : knex.schema.withSchema(schemaName);
  return schema.hasTable(tableName);
}

/** Does what the work says while the project's own treatment of identifiers and results is off. */
export async function withoutProcessing<Result>(knex: Knex, work: () => Promise<Result>): Promise<Result> {
  // Knex has both, and its types leave them out.
  const processing = knex as Knex & Processing;
  processing.disableProcessing();
  try {
    return await work();
  } finally {
    processing.enableProcessing();
  }
}

interface RecordRow {
  readonly name: string;
  readonly batch: number;
  /** A number in SQLite. */
  readonly migration_time: Date | number | string;
}

/** What has run, in the order it ran; empty where nothing ever has. */
export async function readRecords({ knex, config }: Database): Promise<readonly MigrationRecord[]> {
  const plain = knex.withUserParams({});
  return withoutProcessing(plain, async () => {
    if (!(await hasRecordsTable(plain, config))) return [];
    const rows: RecordRow[] = await selectTable(plain, config)
      .orderBy("id")
      .select("name", "batch", "migration_time");
    return rows.map(({ name, batch, migration_time }) => ({ name, batch, ranAt: new Date(migration_time) }));
  });
}

/**
 * Makes Knex's two tables where they are not there yet. Knex makes them step by step, and processes that do so at the
 * same time fail, or leave two rows for one lock, which then never opens again. In a transaction one of them makes all
 * and the others fail as a whole; they find all made when they try again.
 */
export async function ensureRecords({ knex, migrations: { source } }: Database): Promise<void> {
  const settings = { migrationSource: source, disableMigrationsListValidation: true };
  const plain = knex.withUserParams({});
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await plain.transaction((trx) => trx.migrate.list(settings));
    } catch (error) {
      if (attempt === ensureAttempts) throw error;
      await setTimeout(attempt * 50);
    }
  }
}

export function removeExtension(name: string): string {
  return name.replace(/\.[^.]+$/, "");
}
