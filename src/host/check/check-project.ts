import { collectProblems, type Findings, joinFindings, noFindings } from "../../generator/check/findings.js";
import { findConflictMarkers } from "../../generator/check/find-conflict-markers.js";
import { findDevelopmentProblems } from "../../generator/check/find-development-problems.js";
import { findHistoryFindings } from "../../generator/check/find-history-findings.js";
import { findPendingProblems } from "../../generator/check/find-pending-problems.js";
import type { GeneratorContext } from "../../generator/context.js";
import { readHistories, type MigrationHistory } from "../../generator/history-store.js";
import { readSnapshots } from "../../generator/snapshot-store.js";
import { listMigrationFiles } from "../../generator/undo/find-generated.js";
import type { Description } from "../../migrations/describe.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { describeProject, type ProjectDescription } from "../load/describe-project.js";
import { createContext, type Project } from "../open-project.js";
import { checkDatabase } from "./check-database.js";
import { checkProof } from "./check-proof.js";

/** One thing that was looked at, and what was found. */
export interface CheckedPart extends Findings {
  readonly part: CheckPart;
  /** Why it could not be looked at; then nothing was found. */
  readonly skipped?: string;
}

export type CheckPart = "definitions" | "migrations" | "resources" | "database" | "proof";

export interface CheckRequest {
  /** Compare the live schema with the snapshots. */
  readonly database: boolean;
  /** Run all migrations up, down and up again on a scratch database. */
  readonly prove: boolean;
}

/** What migrations and snapshots say, as far as they can be read. */
export interface ReadMigrations {
  readonly snapshot: Snapshot;
  /** The oldest first. */
  readonly histories: readonly MigrationHistory[];
  /** Names of the migrations, in their order. */
  readonly fileNames: readonly string[];
}

/**
 * Looks at a project: its definitions, its migrations and snapshots against each other, its resources against the
 * snapshots, and what more was asked. Changes nothing.
 *
 * @example
 * (await checkProject(project, { database: false, prove: false })).flatMap(({ problems }) => problems); // []
 */
export async function checkProject(project: Project, request: CheckRequest): Promise<readonly CheckedPart[]> {
  const context = createContext(project, new Date());
  const definitions = await checkDefinitions(project);
  const migrations = await checkMigrations(context);
  const proof = request.prove ? await runProof(project, migrations.read) : undefined;
  const isProved = proof !== undefined && proof.skipped === undefined && proof.problems.length === 0;
  return [
    definitions.checked,
    isProved ? acceptBranches(migrations.checked) : migrations.checked,
    checkResources(migrations.read?.snapshot, definitions.description),
    ...(request.database ? [await runDatabase(project, migrations.read, definitions.loaded)] : []),
    ...(proof ? [proof] : []),
  ];
}

async function checkDefinitions(project: Project) {
  const { value, problems } = await collectProblems(() => describeProject(project));
  const checked: CheckedPart = {
    part: "definitions",
    ...joinFindings({ problems }, value ?? noFindings, value?.ends ?? noFindings),
  };
  const isUsable = value !== undefined && value.problems.length === 0;
  return { checked, ...(value && { loaded: value }), ...(isUsable && { description: value.description }) };
}

async function checkMigrations(
  context: GeneratorContext,
): Promise<{ checked: CheckedPart; read?: ReadMigrations }> {
  const { files, settings } = context;
  const conflicts = findConflictMarkers(files, settings.migrations);
  if (conflicts.length > 0) return { checked: { part: "migrations", problems: conflicts, notices: [] } };
  const snapshots = await collectProblems(() => readSnapshots(context));
  const histories = await collectProblems(() => readHistories(files, settings.migrations));
  const problems = [...snapshots.problems, ...histories.problems];
  if (snapshots.value === undefined || histories.value === undefined) {
    return { checked: { part: "migrations", problems, notices: [] } };
  }
  const fileNames = listMigrationFiles(files, settings.migrations);
  const read = { snapshot: snapshots.value, histories: histories.value, fileNames };
  const found = joinFindings(findHistoryFindings({ ...read, migrations: settings.migrations }), {
    problems: findDevelopmentProblems(fileNames),
  });
  return { checked: { part: "migrations", ...found }, read };
}

/** Branches that were merged as they are and still build the schema are no problem any more. */
function acceptBranches(checked: CheckedPart): CheckedPart {
  return { ...checked, problems: checked.problems.filter(({ code }) => code !== "check.branches") };
}

function checkResources(snapshot: Snapshot | undefined, description: Description | undefined): CheckedPart {
  if (snapshot === undefined) return skip("resources", "the snapshots cannot be read");
  if (description === undefined) return skip("resources", "the definitions have to be right first");
  return { part: "resources", problems: findPendingProblems(snapshot, description), notices: [] };
}

async function runDatabase(
  project: Project,
  read: ReadMigrations | undefined,
  loaded: ProjectDescription | undefined,
): Promise<CheckedPart> {
  if (read === undefined) return skip("database", "the snapshots cannot be read");
  const { value = noFindings, problems } = await collectProblems(() => checkDatabase(project, read, loaded));
  return { part: "database", ...joinFindings({ problems }, value) };
}

async function runProof(project: Project, read: ReadMigrations | undefined): Promise<CheckedPart> {
  if (read === undefined) return skip("proof", "the snapshots cannot be read");
  const { value = noFindings, problems } = await collectProblems(() => checkProof(project, read));
  return { part: "proof", ...joinFindings({ problems }, value) };
}

function skip(part: CheckPart, skipped: string): CheckedPart {
  return { part, skipped, ...noFindings };
}
