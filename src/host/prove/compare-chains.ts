/**
 * Does one migration lead to what several led to? Both ways are taken on scratch databases of their own, from what comes
 * before them with rows in its tables. Then schemas, rows, and what stands beside the tables are compared.
 */
import { resolve } from "node:path";
import type { Knex } from "knex";
import { compareSchemas } from "../../migrations/compare.js";
import { isAshlarError } from "../../support/problem.js";
import { withScratchDatabase } from "../scratch/scratch-database.js";
import { type Finding, readFinding } from "./checks.js";
import { type LoadedMigration, loadMigrationText } from "./migration-text.js";
import type { ProofRequest } from "./proof.js";
import { describeCause, listMessages } from "./proof-problems.js";
import { findChangedRows, readRowsOf, type RowsOfTables } from "./rows/compare-rows.js";
import { insertRows } from "./rows/insert-rows.js";
import { findOther, trackColumns } from "./rows/track-columns.js";
import { MigrationRunError, runMigrations } from "./run-migration.js";
import { findBaselineEnd, loadMigrations, type StoredMigration } from "./stored-migrations.js";

export interface ChainsRequest extends ProofRequest {
  /** What runs before either. */
  readonly first: readonly StoredMigration[];
  /** What `files` is to do as well, in the order in which they run. */
  readonly old: readonly StoredMigration[];
}

/** What the new files leave otherwise than the old ones do; or why the old ones could not be run. */
export type Comparison =
  | { readonly kind: "compared"; readonly differences: readonly string[]; readonly rows: number }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Compares what the files lead to with what the old ones lead to. Rows that the old ones do not take are left out.
 *
 * @returns differences as sentences without their first capital and their stop
 * @throws AshlarError as `loadMigrationText` and `withScratchDatabase` do
 * @example
 * await compareChains({ root, database: "sqlite", first: [], old, files: [squash], before, after, operations });
 * // { kind: "compared", differences: ['the table "audit" is missing'], rows: 0 }
 */
export async function compareChains(request: ChainsRequest): Promise<Comparison> {
  const folder = resolve(request.root, request.folder ?? "migrations");
  const files = await Promise.all(request.files.map((file) => loadMigrationText(file, folder)));
  const old = await runOld(request);
  if (typeof old === "string") return { kind: "failed", reason: old };
  const { first, migrations, outcome } = old;
  const isFilled = outcome.count > 0;
  const found = await run(request, { first, migrations: files, isFilled }).catch(describeRefusal);
  const rows = outcome.count;
  if (typeof found === "string")
    return { kind: "compared", rows, differences: [`it fails where they do not: ${found}`] };
  const again = () => run(request, { first, migrations, isFilled });
  return { kind: "compared", rows, differences: await listDifferences(outcome, found, { request, again }) };
}

interface Course {
  readonly first: readonly LoadedMigration[];
  readonly migrations: readonly LoadedMigration[];
  /** Are there to be rows in the tables that they start from? */
  readonly isFilled: boolean;
}

interface Outcome {
  readonly finding: Finding;
  readonly rows: RowsOfTables;
  /** How many rows were there before. */
  readonly count: number;
}

interface OldOutcome extends Pick<Course, "first" | "migrations"> {
  readonly outcome: Outcome;
}

/** What they lead to, or why they lead nowhere. */
async function runOld(request: ChainsRequest): Promise<OldOutcome | string> {
  try {
    const first = await loadMigrations(request.first, request.root);
    const migrations = await loadMigrations(request.old, request.root);
    const outcome = await run(request, { first, migrations, isFilled: true }).catch((error: unknown) => {
      if (!(error instanceof MigrationRunError)) throw error;
      return run(request, { first, migrations, isFilled: false });
    });
    return { first, migrations, outcome };
  } catch (error) {
    return describeRefusal(error);
  }
}

/** What a migration failed of, without a stop; any other error is thrown on. */
function describeRefusal(error: unknown): string {
  if (error instanceof MigrationRunError) return `"${error.migration}": ${describeCause(error)}`;
  if (isAshlarError(error) && error.code === "proof.failed") return error.message.replace(/\.$/, "");
  throw error;
}

function run(request: ChainsRequest, { first, migrations, isFilled }: Course): Promise<Outcome> {
  const arePrerequisitesMade = findBaselineEnd(first) > 0;
  return withScratchDatabase({ ...request, arePrerequisitesMade }, async (knex) => {
    await runMigrations(knex, first, "up");
    const count = isFilled ? await addRows(knex, request) : 0;
    await runMigrations(knex, migrations, "up");
    const finding = await readFinding(knex);
    return { finding, count, rows: await readRowsOf(knex, finding.snapshot) };
  });
}

async function addRows(knex: Knex, { before, after, operations, database }: ChainsRequest): Promise<number> {
  const tracked = { tracked: trackColumns(before, operations), change: { before, after } };
  const { count } = await insertRows(knex, {
    ...{ snapshot: before, first: 1, count: 3, database: findDialect(database) },
    findOther: (key) => findOther(tracked, "before", key),
  });
  return count;
}

function findDialect(database: ChainsRequest["database"]) {
  return database === "sqlite" ? "sqlite" : "postgres";
}

interface Surroundings {
  readonly request: ChainsRequest;
  /** Runs the old ones once more. */
  readonly again: () => Promise<Outcome>;
}

async function listDifferences(
  old: Outcome,
  found: Outcome,
  { request, again }: Surroundings,
): Promise<readonly string[]> {
  const { finding: was } = old;
  const { finding: is } = found;
  const tables = compareSchemas(was.snapshot, is.snapshot, findDialect(request.database));
  return [
    ...listMessages(tables).map((message) => message.replace(/\.$/, "").replace(/^T/, "t")),
    ...was.others.filter((each) => !is.others.includes(each)).map((each) => `the ${each} is missing`),
    ...is.others.filter((each) => !was.others.includes(each)).map((each) => `there is the ${each} too many`),
    ...(await listRowDifferences(old.rows, found.rows, again)),
  ];
}

/** Values that are others each time, such as the present moment, are no difference. */
async function listRowDifferences(
  was: RowsOfTables,
  is: RowsOfTables,
  again: Surroundings["again"],
): Promise<readonly string[]> {
  const changed = findChangedRows(was, is);
  if (changed.length === 0) return [];
  const random = findChangedRows(was, (await again()).rows).map(({ name }) => name);
  return changed.filter(({ name }) => !random.includes(name)).map(({ message }) => message);
}
