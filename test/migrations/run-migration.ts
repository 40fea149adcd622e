import type { Knex } from "knex";
import ts from "typescript";
import type { Operation } from "../../src/migrations/operation.js";
import { renderMigrations } from "../../src/migrations/render.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import type { TestDatabase } from "../databases/engines.js";
import { renderTemplate } from "./render-template.js";

/** A migration in a database of its own history: Knex's own migrator runs it from its text. */
export interface RunningMigration {
  /** All its files. */
  readonly text: string;
  readonly files: number;
  up(): Promise<void>;
  down(): Promise<void>;
  /** After a run that failed without a transaction. */
  unlock(): Promise<void>;
  /** Each file by itself, in the order of the way up. */
  readonly loaded: readonly LoadedMigration[];
}

let count = 0;

export interface PrepareOptions {
  readonly lockSafe: boolean;
}

/** Renders the operations for the database, ready to run. */
export async function prepareMigration(
  database: TestDatabase,
  operations: readonly Operation[],
  before: Snapshot = new Map(),
  { lockSafe }: PrepareOptions = { lockSafe: false },
): Promise<RunningMigration> {
  const kind = database.kind === "sqlite" ? "sqlite" : "postgres";
  const files = renderMigrations({
    ...{ operations, before, lockSafe, renderTemplate },
    database: kind,
    withheld: [],
  });
  return migrationFromTexts(
    database.knex,
    files.map(({ text }) => text),
  );
}

async function migrationFromTexts(knex: Knex, texts: readonly string[]): Promise<RunningMigration> {
  const migrations = await Promise.all(texts.map(loadMigration));
  // A history of its own, so that migrations of one database go up and down in any order.
  const config: Knex.MigratorConfig = {
    tableName: `history_${(count += 1)}`,
    migrationSource: {
      getMigrations: async () => migrations.map((_, position) => `migration_${position}`),
      getMigrationName: (name: string) => name,
      getMigration: async (name: string) => migrations[Number(name.split("_")[1])] ?? fail(name),
    },
  };
  return {
    text: texts.join("\n"),
    files: texts.length,
    up: async () => void (await knex.migrate.latest(config)),
    down: async () => void (await knex.migrate.rollback(config, true)),
    unlock: async () => void (await knex.migrate.forceFreeMigrationsLock(config)),
    loaded: migrations,
  };
}

export interface LoadedMigration extends Knex.Migration {
  readonly config?: { readonly transaction: boolean };
}

function fail(name: string): never {
  throw new Error(`no migration ${name}`);
}

async function loadMigration(text: string): Promise<LoadedMigration> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const code = ts.transpileModule(text, { compilerOptions: options }).outputText;
  const module: LoadedMigration = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module;
}
