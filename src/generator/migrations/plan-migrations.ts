import type { Description } from "../../migrations/describe.js";
import {
  planMigration,
  type MigrationAnswers,
  type PlannedMigration,
} from "../../migrations/plan-migration.js";
import type { Renames } from "../../migrations/renames.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { usageError } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findMigrationNameProblem } from "../names.js";
import type { Plan } from "../plan.js";
import { readSnapshots } from "../snapshot-store.js";
import { Staging } from "../staging.js";
import { developmentName, stageRemoval, type DevelopmentRun } from "./development.js";
import { tellMigration } from "./notices.js";
import { findMigrationDatabase, type StagedMigration, stageMigrationFiles } from "./stage-files.js";

/** What `gen migrations` was asked. */
export interface MigrationsRequest {
  readonly name?: string;
  /** A migration for now, to be folded into the next one that is not. */
  readonly dev: boolean;
  readonly lockSafe: boolean;
  readonly answers: MigrationAnswers;
  /** The development migrations that this one takes the place of. */
  readonly folded?: DevelopmentRun;
}

/** A project's pending migration: its steps, the files that hold them, and the schema before them. */
export interface MigrationsPlan {
  readonly plan: Plan;
  readonly migration: PlannedMigration;
  readonly files: readonly StagedMigration[];
  readonly before: Snapshot;
}

/**
 * The migration that takes the project's database from what the snapshots say to what its resources say.
 *
 * @returns the plan; one without changes where nothing is pending, or where every step is withheld
 * @throws AshlarError `migration.name.invalid`; as `readSnapshots` and `renderMigrations` do
 * @example
 * const request = { dev: false, lockSafe: true, answers: noAnswers };
 * const { migration } = await planMigrations(request, context, description);
 * migration.operations.map(({ kind }) => kind); // ["createTable"]
 */
export async function planMigrations(
  request: MigrationsRequest,
  context: GeneratorContext,
  { snapshot, renames }: Description,
): Promise<MigrationsPlan> {
  refuseName(request.name);
  const stored = readSnapshots(context);
  const before = request.folded?.before ?? stored;
  const migration = planMigration({
    ...{ before, after: snapshot },
    answers: { ...request.answers, renames: joinRenames(renames, request.answers.renames) },
    database: findMigrationDatabase(context),
  });
  const { staging, files } = stageAll(request, { migration, before, stored }, context);
  const changes = await staging.toChanges(context.formatter, []);
  return {
    plan: {
      title: describeTitle(files),
      changes,
      notices: tellMigration(migration),
      next: files.length > 0 ? ["npx ashlar migrate"] : [],
    },
    ...{ migration, files, before },
  };
}

interface Schemas {
  readonly migration: PlannedMigration;
  readonly before: Snapshot;
  readonly stored: Snapshot;
}

function stageAll(
  { name, dev, lockSafe, folded }: MigrationsRequest,
  { migration, before, stored }: Schemas,
  context: GeneratorContext,
) {
  const staging = new Staging(context.files);
  const asked = name ?? (dev ? developmentName : undefined);
  const files = stageMigrationFiles(
    staging,
    {
      ...{ planned: migration, before, stored, lockSafe, isTracked: true },
      ...(asked !== undefined && { name: asked }),
      ...(folded && { replaced: folded.fileNames }),
    },
    context,
  );
  if (folded) stageRemoval(staging, folded, context);
  return { staging, files };
}

function refuseName(name: string | undefined): void {
  const problem = name === undefined ? undefined : findMigrationNameProblem(name);
  if (problem)
    throw usageError({ ...problem, hint: problem.hint?.replace("--migration-name", "--name") ?? "" });
}

/** What is typed goes before what a definition says of the same thing. */
function joinRenames(declared: Renames, typed: Renames): Renames {
  const tables = declared.tables.filter(({ from }) => !typed.tables.some((each) => each.from === from));
  const columns = declared.columns.filter(
    ({ table, from }) => !typed.columns.some((each) => each.table === table && each.from === from),
  );
  return { tables: [...tables, ...typed.tables], columns: [...columns, ...typed.columns] };
}

function describeTitle([first]: readonly StagedMigration[]): string {
  return first === undefined ? "No migration" : first.name.replace(/^\d+_|\.ts$/g, "");
}
