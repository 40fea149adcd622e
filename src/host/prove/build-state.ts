import type { Knex } from "knex";
import { renderTemplate } from "../../generator/template.js";
import { adoptSqlTexts, hasSqlTexts } from "../../migrations/adopt-sql-texts.js";
import { listCreations } from "../../migrations/list-creations.js";
import { renderMigration } from "../../migrations/render.js";
import type { MigrationDatabase } from "../../migrations/render/source.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { runPrerequisites } from "../scratch/prerequisites.js";
import { readSchema } from "../live-schema/read-schema.js";
import { createTemplateSource } from "../templates.js";
import { loadMigrationText } from "./migration-text.js";
import { runMigrations } from "./run-migration.js";

export interface StateRequest {
  readonly snapshot: Snapshot;
  readonly database: MigrationDatabase;
  readonly root: string;
  /** SQL that comes first, where the database has not run it yet. */
  readonly prerequisites?: string;
}

/** The file that is written and run to build tables; the project has none of this name. */
export const stateFile = "state.ts";

/** Builds the tables of a snapshot in an empty database, by the statements that a migration would use. */
export async function buildState(knex: Knex, { snapshot, database, root }: StateRequest): Promise<void> {
  const operations = listCreations({ before: new Map(), after: snapshot, database });
  const text = renderMigration({ operations, before: new Map(), database, renderTemplate: renderShipped });
  const migration = await loadMigrationText({ name: stateFile, text }, root);
  await runMigrations(knex, [migration], "up");
}

/** The project's own templates are for its files alone. */
function renderShipped(path: string, locals: object): string {
  const files = { read: () => undefined, exists: () => false, list: () => [] };
  return renderTemplate({ files, templates: createTemplateSource() }, path, locals);
}

/** What is to be found of the snapshot: itself, but for texts of SQL, which this database may write another way. */
export async function readExpected(knex: Knex, request: StateRequest): Promise<Snapshot> {
  return hasSqlTexts(request.snapshot) ? readAsBuilt(knex, request) : request.snapshot;
}

/**
 * The snapshot with its texts of SQL as this database writes them: it is built, read and taken back. The database has
 * to be empty.
 */
export async function readAsBuilt(knex: Knex, request: StateRequest): Promise<Snapshot> {
  return adoptSqlTexts(request.snapshot, await readBuilt(knex, request));
}

/** What this database gives back of a snapshot: it is built, read and taken back. */
export async function readBuilt(knex: Knex, request: StateRequest): Promise<Snapshot> {
  const undone = new Error("The schema was built to be read.");
  let built: Snapshot = new Map();
  await knex
    .transaction(async (trx) => {
      await runPrerequisites(trx, request.prerequisites);
      await buildState(trx, request);
      built = (await readSchema(trx, { tablesOnly: true })).snapshot;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return built;
}
