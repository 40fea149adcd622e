import { applyOperations } from "./apply.js";
import { invertAll } from "./invert.js";
import type { Operation } from "./operation.js";
import type { Snapshot } from "./snapshot.js";
import { isRebuilding } from "./render/rebuild.js";
import { type MigrationDatabase, indent } from "./render/source.js";
import { renderStatements } from "./render/statements.js";

/** What a migration's template is given: the bodies of its two functions. */
export interface MigrationLocals {
  readonly up: string;
  readonly down: string;
}

/** Fills a template, named by its path below the `templates` folder. */
export type RenderTemplate = (path: string, locals: MigrationLocals) => string;

export interface MigrationRequest {
  /** In the order of the way up, as `diffSnapshots` gives them. */
  readonly operations: readonly Operation[];
  /** The schema that the operations start from. */
  readonly before: Snapshot;
  readonly database: MigrationDatabase;
  readonly renderTemplate: RenderTemplate;
}

/**
 * The TypeScript text of a Knex migration, not yet formatted.
 *
 * @throws AshlarError where the database has no way to do it.
 * @example
 * renderMigration({ operations: diffSnapshots(before, after), before, database: "postgres", renderTemplate });
 */
export function renderMigration({ operations, before, database, renderTemplate }: MigrationRequest): string {
  const down = invertAll(operations);
  const after = applyOperations(before, operations);
  return renderTemplate(chooseTemplate(operations, down, database), {
    up: renderBody(operations, before, database),
    down: renderBody(down, after, database),
  });
}

/** Dropping a table that was in use is left to SQLite only where it cannot take the rows of others along. */
function chooseTemplate(
  operations: readonly Operation[],
  down: readonly Operation[],
  database: MigrationDatabase,
): string {
  const dropsOldTable = operations.some(({ kind }) => kind === "dropTable");
  const isRebuilt = [...operations, ...down].some(isRebuilding) || dropsOldTable;
  return database === "sqlite" && isRebuilt
    ? "migration/sqlite-rebuild.ts.ejs"
    : "migration/migration.ts.ejs";
}

function renderBody(operations: readonly Operation[], before: Snapshot, database: MigrationDatabase): string {
  const statements = renderStatements(operations, before, database);
  if (statements.length === 0) return "  // Nothing to do: this database keeps none of what changes.";
  return indent([statements.join("\n\n")]).join("\n");
}
