import type { Knex } from "knex";
import { renderTemplate } from "../../generator/template.js";
import { adoptSqlTexts } from "../../migrations/adopt-sql-texts.js";
import { diffSnapshots } from "../../migrations/diff.js";
import type { Operation } from "../../migrations/operation.js";
import { renderMigration } from "../../migrations/render.js";
import type { MigrationDatabase } from "../../migrations/render/source.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { buildTableKey } from "../../support/table-key.js";
import { readSchema } from "../live-schema/read-schema.js";
import { createTemplateSource } from "../templates.js";
import { loadMigrationText } from "./migration-text.js";
import { runMigrations } from "./run-migration.js";

export interface StateRequest {
  readonly snapshot: Snapshot;
  readonly database: MigrationDatabase;
  readonly root: string;
}

/** Builds the tables of a snapshot in an empty database, by the statements that a migration would use. */
export async function buildState(knex: Knex, { snapshot, database, root }: StateRequest): Promise<void> {
  const operations = listOperations({ snapshot, database, root });
  const text = renderMigration({ operations, before: new Map(), database, renderTemplate: renderShipped });
  const migration = await loadMigrationText({ name: "state.ts", text }, root);
  await runMigrations(knex, [migration], "up");
}

/**
 * SQLite takes a reference to a table that is still to come, and would have to make a table anew for one that comes
 * later.
 */
function listOperations({ snapshot, database }: StateRequest): readonly Operation[] {
  const operations = diffSnapshots(new Map(), snapshot);
  if (database === "postgres") return operations;
  return operations.flatMap((operation): readonly Operation[] => {
    if (operation.kind === "addForeignKey") return [];
    if (operation.kind !== "createTable") return [operation];
    const foreignKeys = snapshot.get(buildTableKey(operation.table))?.foreignKeys ?? [];
    return [{ ...operation, table: { ...operation.table, foreignKeys } }];
  });
}

/** The project's own templates are for its files alone. */
function renderShipped(path: string, locals: object): string {
  const files = { read: () => undefined, exists: () => false, list: () => [] };
  return renderTemplate({ files, templates: createTemplateSource() }, path, locals);
}

/**
 * The snapshot with its texts of SQL as this database writes them: it is built, read and taken back. The database has
 * to be empty.
 */
export async function readAsBuilt(knex: Knex, request: StateRequest): Promise<Snapshot> {
  const undone = new Error("The schema was built to be read.");
  let built: Snapshot = new Map();
  await knex
    .transaction(async (trx) => {
      await buildState(trx, request);
      built = (await readSchema(trx)).snapshot;
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return adoptSqlTexts(request.snapshot, built);
}
