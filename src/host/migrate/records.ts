import { setTimeout } from "node:timers/promises";
import type { Knex } from "knex";
import { failure, type Problem } from "../../support/problem.js";
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
}

/** Knex's table of migrations in this database, through the given Knex or transaction. */
export function recordsTable(knex: Knex, { migrations = {} }: Knex.Config): Knex.QueryBuilder {
  disableProcessing(knex);
  const table = knex(migrations.tableName ?? "knex_migrations");
  return migrations.schemaName === undefined ? table : table.withSchema(migrations.schemaName);
}

/** What has run, in the order it ran; empty where nothing ever has. */
export async function readRecords({ knex, config }: Database): Promise<MigrationRecord[]> {
  const { schemaName, tableName = "knex_migrations" } = config.migrations ?? {};
  const plain = knex.withUserParams({});
  disableProcessing(plain);
  const schema = schemaName === undefined ? plain.schema : plain.schema.withSchema(schemaName);
  if (!(await schema.hasTable(tableName))) return [];
  const rows: RecordRow[] = await recordsTable(plain, config)
    .orderBy("id")
    .select("name", "batch", "migration_time");
  return rows.map(({ name, batch, migration_time }) => ({ name, batch, ranAt: new Date(migration_time) }));
}

/**
 * Makes Knex's two tables where they are not there yet. Knex makes them step by step, and processes that do so at the
 * same time fail, or leave two rows for one lock, which then never opens again. In a transaction one of them makes all
 * and the others fail as a whole; they find all made when they try again.
 */
export async function ensureRecords({ knex, migrations: { source } }: Database): Promise<void> {
  const settings = { migrationSource: source, disableMigrationsListValidation: true };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction((trx) => trx.migrate.list(settings));
    } catch (error) {
      if (attempt === ensureAttempts) throw error;
      await setTimeout(attempt * 50);
    }
  }
}

function disableProcessing(knex: Knex): void {
  (knex as Knex & Processing).disableProcessing();
}

interface RecordRow {
  readonly name: string;
  readonly batch: number;
  /** A number in SQLite. */
  readonly migration_time: Date | number | string;
}

/**
 * Refuses to go on where a migration has run whose file is not there, unless the configuration says not to look.
 *
 * @throws AshlarError `migration.file.missing`, a problem for each
 */
export function refuseMissingFiles(
  { config, migrations }: Database,
  records: readonly MigrationRecord[],
): void {
  if (config.migrations?.disableMigrationsListValidation === true) return;
  const names = migrations.files.map(({ name }) => name);
  const missing = records.filter(({ name }) => !names.includes(name));
  if (missing.length > 0) throw failure(...missing.map(({ name }) => createMissingProblem(name, names)));
}

function createMissingProblem(name: string, names: readonly string[]): Problem {
  const stem = removeExtension(name);
  const renamed = names.find((other) => removeExtension(other) === stem);
  return {
    code: "migration.file.missing",
    message: `The migration "${name}" has run on this database, but its file is not there${renamed === undefined ? "" : `; there is "${renamed}"`}.`,
    hint: `Bring the file back, for instance from another branch: git log --all -- "*/${name}"`,
  };
}

export function removeExtension(name: string): string {
  return name.replace(/\.[^.]+$/, "");
}
