import type { Description } from "../../migrations/describe.js";
import {
  noAnswers,
  planMigration,
  type MigrationAnswers,
  type PlannedMigration,
} from "../../migrations/plan-migration.js";
import type { Renames } from "../../migrations/renames.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { toSnakeCase } from "../../support/casing.js";
import { usageError } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import { findMigrationNameProblem } from "../names.js";
import type { Notice, Plan } from "../plan.js";
import { readSnapshots } from "../snapshot-store.js";
import { Staging } from "../staging.js";
import { developmentName, stageRemoval, type DevelopmentRun } from "./development.js";
import { selectRenames } from "./kept-answers.js";
import { findMadeByHand, tellMadeByHand, tellUnknown } from "./made-by-hand.js";
import { tellMigration } from "./notices.js";
import {
  findMigrationDatabase,
  type MigrationSpec,
  type StagedMigration,
  stageMigrationFiles,
} from "./stage-files.js";

/** The schemas that a migration leads from and to. */
export interface ProjectSchemas {
  /** What the snapshot files say. */
  readonly stored: Snapshot;
  /** What the migration starts from: the same, or what it was before the development migrations that it replaces. */
  readonly before: Snapshot;
  /** What the resources say. */
  readonly after: Snapshot;
  /** What they say had another name. */
  readonly renames: Renames;
  readonly folded?: DevelopmentRun;
}

/**
 * What the snapshots and the resources say.
 *
 * @throws AshlarError as `readSnapshots` does
 */
export function readSchemas(
  context: Pick<GeneratorContext, "files" | "settings">,
  { snapshot, renames }: Description,
  folded?: DevelopmentRun,
): ProjectSchemas {
  const stored = readSnapshots(context);
  const before = folded?.before ?? stored;
  return { stored, before, after: snapshot, renames, ...(folded && { folded }) };
}

/**
 * The steps from what the snapshots say to what the resources say, as far as the answers allow them.
 *
 * @example
 * decideMigration(readSchemas(context, description), noAnswers, context).questions; // renames that may be meant
 */
export function decideMigration(
  schemas: ProjectSchemas,
  answers: MigrationAnswers,
  context: Pick<GeneratorContext, "settings">,
): PlannedMigration {
  const { before, after } = schemas;
  return planMigration({
    ...{ before, after },
    answers: joinAnswers(schemas, answers),
    database: findMigrationDatabase(context),
  });
}

/** How a migration is written. */
export interface MigrationsRequest {
  readonly name?: string;
  /** A migration for now, to be folded into the next one that is not. */
  readonly dev: boolean;
  readonly lockSafe: boolean;
  /** Keys of tables that are others than those which migrations by hand made, or `all`. */
  readonly newTables?: readonly string[];
}

/** A plan, and the migration files in it. */
export interface MigrationsPlan {
  readonly plan: Plan;
  readonly files: readonly StagedMigration[];
}

/**
 * The files of a migration that is decided: one or more migrations, the snapshots that change, the history.
 *
 * @returns a plan without changes where nothing is pending, or where every step is withheld
 * @throws AshlarError `migration.name.invalid`; as `renderMigrations` does
 * @example
 * const schemas = readSchemas(context, description);
 * const migration = decideMigration(schemas, noAnswers, context);
 * const { plan } = await planMigrations({ dev: false, lockSafe: true }, { migration, schemas }, context);
 */
export async function planMigrations(
  { name, dev, lockSafe, newTables = [] }: MigrationsRequest,
  { migration, schemas }: { readonly migration: PlannedMigration; readonly schemas: ProjectSchemas },
  context: GeneratorContext,
): Promise<MigrationsPlan> {
  refuseName(name);
  const { before, stored, folded } = schemas;
  const asked = name ?? (dev ? developmentName : undefined);
  const staging = new Staging(context.files);
  const spec: MigrationSpec = {
    ...{ planned: migration, before, stored, lockSafe, isTracked: true },
    ...(asked !== undefined && { name: asked }),
    ...(folded && { replaced: folded.fileNames }),
  };
  const files = stageMigrationFiles(staging, spec, context);
  if (folded) stageRemoval(staging, folded, context);
  const plan: Plan = {
    title: describeTitle(files),
    changes: await staging.toChanges(context.formatter, []),
    notices: [
      ...tellByHand(migration, { stored, newTables }, context),
      ...tellMigration(migration, { database: findMigrationDatabase(context), lockSafe }),
    ],
    next: files.length > 0 ? ["npx ashlar migrate"] : [],
  };
  return { plan, files };
}

/** What migrations by hand have to do with tables that are made. */
function tellByHand(
  { operations }: PlannedMigration,
  { stored, newTables }: Pick<ProjectSchemas, "stored"> & Required<Pick<MigrationsRequest, "newTables">>,
  context: GeneratorContext,
): readonly Notice[] {
  const made = findMadeByHand(operations, newTables, context);
  if (made.length > 0) return tellMadeByHand(made);
  return stored.size === 0 && newTables.length === 0 ? tellUnknown(operations, context) : [];
}

function refuseName(name: string | undefined): void {
  if (name !== undefined && toSnakeCase(name) === developmentName) throw usageError(reservedName);
  const problem = name === undefined ? undefined : findMigrationNameProblem(name);
  if (problem)
    throw usageError({ ...problem, hint: problem.hint?.replace("--migration-name", "--name") ?? "" });
}

const reservedName = {
  code: "migration.name.reserved",
  message: `"${developmentName}" is the name of migrations that are for now.`,
  hint: "Choose another name, or leave it out and type --dev.",
};

/** What development migrations were told need not be told again. */
function joinAnswers(
  { before, after, renames, folded }: ProjectSchemas,
  typed: MigrationAnswers,
): MigrationAnswers {
  const kept = folded?.answers ?? noAnswers;
  const earlier = joinRenames(renames, selectRenames(kept.renames, before, after));
  return {
    renames: joinRenames(earlier, typed.renames),
    dropped: [...kept.dropped, ...typed.dropped],
    allowed: [...kept.allowed, ...typed.allowed],
    fills: new Map([...kept.fills, ...typed.fills]),
    casts: new Map([...kept.casts, ...typed.casts]),
  };
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
