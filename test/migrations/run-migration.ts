import type { Knex } from "knex";
import ts from "typescript";
import type { Operation } from "../../src/migrations/operation.js";
import { renderMigration } from "../../src/migrations/render.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import type { TestDatabase } from "../databases/engines.js";
import { renderTemplate } from "./render-template.js";

/** A migration in a database of its own history: Knex's own migrator runs it from its text. */
export interface RunningMigration {
  readonly text: string;
  up(): Promise<void>;
  down(): Promise<void>;
}

let count = 0;

/** Renders the operations for the database, ready to run. */
export async function prepareMigration(
  database: TestDatabase,
  operations: readonly Operation[],
  before: Snapshot = new Map(),
): Promise<RunningMigration> {
  const kind = database.kind === "sqlite" ? "sqlite" : "postgres";
  const text = renderMigration({ operations, before, database: kind, renderTemplate });
  return migrationFromText(database.knex, text);
}

async function migrationFromText(knex: Knex, text: string): Promise<RunningMigration> {
  const migration = await loadMigration(text);
  // A history of its own, so that migrations of one database go up and down in any order.
  const config: Knex.MigratorConfig = {
    tableName: `history_${(count += 1)}`,
    migrationSource: {
      getMigrations: async () => ["migration"],
      getMigrationName: (name: string) => name,
      getMigration: async () => migration,
    },
  };
  return {
    text,
    up: async () => void (await knex.migrate.latest(config)),
    down: async () => void (await knex.migrate.rollback(config)),
  };
}

async function loadMigration(text: string): Promise<Knex.Migration> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const code = ts.transpileModule(text, { compilerOptions: options }).outputText;
  const module: Knex.Migration = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return module;
}
