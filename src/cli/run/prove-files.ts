import type { ProjectSchemas } from "../../generator/migrations/plan-migrations.js";
import type { StagedMigration } from "../../generator/migrations/stage-files.js";
import { describeWithheld } from "../../generator/migrations/unanswered.js";
import { isWrite, type Plan } from "../../generator/plan.js";
import type { Project } from "../../host/open-project.js";
import type { Proof } from "../../host/prove/proof.js";
import type { PlannedMigration } from "../../migrations/plan-migration.js";
import { type AshlarError, failure, isAshlarError } from "../../support/problem.js";

interface Unproved {
  readonly project: Project;
  readonly schemas: ProjectSchemas;
  readonly migration: PlannedMigration;
  readonly files: readonly StagedMigration[];
  readonly plan: Plan;
}

/**
 * Tries the migration files of a plan, as they will be written, on a scratch database.
 *
 * @throws AshlarError as `proveMigrations` does
 */
export async function proveFiles({ project, schemas, migration, files, plan }: Unproved): Promise<Proof> {
  const { proveMigrations } = await import("../../host/prove/prove-migrations.js");
  const { root, settings } = project;
  const texts = new Map(plan.changes.filter(isWrite).map(({ path, after }) => [path, after]));
  const { before } = schemas;
  const { after, operations, withheld } = migration;
  const prerequisites = project.files.read(`${settings.migrations}/snapshot/prerequisites.sql`);
  return proveMigrations({
    ...{ root, database: settings.database, folder: settings.migrations },
    ...{ before, after, operations },
    files: files.map(({ name, path }) => ({ name, text: texts.get(path) ?? "" })),
    ...(prerequisites !== undefined && { prerequisites }),
  }).catch((error: unknown) => {
    throw isAshlarError(error) ? tellWithheld(error, withheld) : error;
  });
}

/** What a proof fails on may be what was left out, such as the new type of a column that a view goes by. */
function tellWithheld(error: AshlarError, withheld: PlannedMigration["withheld"]): AshlarError {
  if (error.code !== "proof.failed" || withheld.length === 0) return error;
  const left = describeWithheld(withheld).map(({ message, ...problem }) => ({
    ...problem,
    message: `Withheld, so it was not tried: ${message}`,
  }));
  return failure(...error.problems, ...left);
}
