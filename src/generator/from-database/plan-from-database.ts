import { failure, usageError } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import type { FromDatabaseRequest } from "../from-database-request.js";
import type { Change, Notice, Plan } from "../plan.js";
import { indexProject } from "../project-index.js";
import { Problems } from "../request/problems.js";
import { Staging } from "../staging.js";
import { adoptStatements } from "./adopt-statements.js";
import { adoptTables, type DeclaredTables } from "./adopt-tables.js";
import type { ExistingSchema } from "./existing-schema.js";
import { findDomains } from "./find-domains.js";
import { findKnownResources } from "./find-known.js";
import { importTables } from "./import-tables.js";
import { nameTables, type PlacedTable } from "./name-tables.js";
import { selectTables } from "./select-tables.js";
import { stageBaseline, type StagedBaseline } from "./stage-baseline.js";
import { stageAdopted, stageImport } from "./stage-import.js";
import { stagePrerequisites } from "./stage-prerequisites.js";
import type { Targets } from "./target.js";
import { tellKnown, tellSchema } from "./tell-schema.js";

/** What the database holds, and what the project's resources say of those of its tables that they know. */
export interface DatabaseReading {
  readonly read: ExistingSchema;
  readonly said: DeclaredTables;
}

/**
 * What `gen resources --from-database` would do: a resource for each table that has none yet, the domains that list
 * them, and the snapshots that say what their tables are, so that migrations go on from there. A table that has a resource
 * and no snapshot gets that alone.
 *
 * @returns the plan; the files of tables that have a resource are skipped
 * @throws AshlarError `table.unknown`, `database.empty`, `file.exists`, and those of names and patches
 * @example
 * const plan = await planFromDatabase({ tables: ["users"], skipTables: [], includeViews: false }, reading, context);
 * plan.title; // "1 table of the database"
 */
export async function planFromDatabase(
  request: FromDatabaseRequest,
  { read, said }: DatabaseReading,
  context: GeneratorContext,
): Promise<Plan> {
  const schema = adoptStatements(read, context.settings.attributeCase);
  const problems = new Problems();
  const index = indexProject(context.files, context.settings);
  const known = findKnownResources(index);
  const selected = selectTables(schema, request, problems);
  if (problems.any) throw usageError(...problems.list);
  const fresh = selected.filter(({ key }) => !known.has(key));
  const findDomain = findDomains(fresh, { request, context, index }, problems);
  if (problems.any) throw usageError(...problems.list);
  const { settings } = context;
  const taken = [...index.resources.keys(), ...index.domains.keys()];
  const named = nameTables(fresh, { settings, findDomain, taken });
  refuseTakenFiles(named.placed, context, problems);
  if (problems.any) throw failure(...problems.list);

  const imported = importTables(named.placed, known, settings.attributeCase);
  const keys = selected.map(({ key }) => key);
  const adopted = adoptTables(keys, { schema: read, said }, context);
  const staging = new Staging(context.files);
  const staged = stageImport(imported, { staging, context, index });
  stageAdopted(adopted.snapshot, staging, context);
  const baselineRequest = { imported, adopted: adopted.snapshot, schema, isAsked: request.baseline };
  const baseline = stageBaseline(staging, baselineRequest, context);
  const prerequisites = stagePrerequisites(staging, schema, context);
  const changes = await staging.toChanges(context.formatter, index.sources.problems);
  const skipped = listSkipped(keys, known);
  const count = fresh.length + adopted.snapshot.size;
  return {
    title: describeCount(count),
    changes: [...skipped, ...changes],
    notices: [
      ...tellKnown(skipped.length, adopted.snapshot.size),
      ...named.notices,
      ...imported.notices,
      ...tellSchema(schema, new Set(keys)),
      ...adopted.notices,
      ...staged,
      ...baseline.notices,
      ...prerequisites,
    ] satisfies readonly Notice[],
    next: count > 0 || baseline.isWritten ? listNext(baseline) : [],
  };
}

/** A baseline is recorded first: what comes after it is compared with what has run. */
function listNext({ isWritten }: StagedBaseline): readonly string[] {
  return isWritten
    ? ["npx ashlar migrate", "npx ashlar check --database --prove"]
    : ["npx ashlar gen migrations --check"];
}

function describeCount(count: number): string {
  if (count === 0) return "No table without a resource";
  return count === 1 ? "1 table of the database" : `${count} tables of the database`;
}

/** Tables that have a resource keep it as it is. */
function listSkipped(keys: readonly string[], known: Targets): readonly Change[] {
  const paths = keys.flatMap((key) => known.get(key)?.resource.path ?? []);
  return [...new Set(paths)].map((path) => ({ kind: "skip", path }));
}

function refuseTakenFiles(
  placed: readonly PlacedTable[],
  { files }: GeneratorContext,
  problems: Problems,
): void {
  for (const { path, key } of placed) {
    if (files.read(path) === undefined) continue;
    problems.add({
      code: "file.exists",
      message: `"${path}" exists and is something else than the resource of the table "${key}".`,
      hint: `Move it away, choose another --domain, or leave the table out: --skip-tables ${key}`,
    });
  }
}
