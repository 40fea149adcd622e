import type { Findings } from "../../generator/check/findings.js";
import type { Notice } from "../../generator/plan.js";
import { compareSchemas, type SchemaDifference } from "../../migrations/compare.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Problem } from "../../support/problem.js";
import type { ProjectDescription } from "../load/describe-project.js";
import type { Project } from "../open-project.js";
import { writeTextsAsBuilt } from "../prove/as-built.js";
import type { ReadMigrations } from "./check-project.js";
import { readPrerequisites } from "./prerequisites.js";

export interface Surroundings {
  readonly project: Project;
  readonly read: ReadMigrations;
  readonly loaded: ProjectDescription | undefined;
  /** Tables that branches changed of which not all has run: they cannot be compared before it has. */
  readonly unknown: readonly string[];
  /** Is a migration that has run not there? Then nobody knows what it did. */
  readonly isMissing: boolean;
}

/**
 * The tables of a live database against those that the migrations which have run leave.
 *
 * @returns problems `check.database.difference`; notices `check.database.unknown` and `check.database.untold` for tables
 * that no migration with a history made
 */
export async function compareTables(
  expected: Snapshot,
  live: Snapshot,
  { project, read, loaded, unknown: open, isMissing }: Surroundings,
): Promise<Findings> {
  const made = new Set(read.histories.flatMap(({ after }) => [...after.keys()]));
  const isKnown = (key: string): boolean => expected.has(key) || made.has(key);
  const known = new Map([...live].filter(([key]) => isKnown(key)));
  const unknown = [...live.keys()].filter((key) => !isKnown(key));
  const differences = await findDifferences(expected, known, project);
  return {
    problems: differences
      .filter(({ table }) => !open.includes(table))
      .map((each) => createProblem(each, isMissing ? afterMissing : findWayBack(each, live))),
    notices: loaded === undefined ? [] : tellUnknown(unknown, loaded),
  };
}

/**
 * Texts of SQL are right where they are the snapshot's own, and where they are what a database makes of those. PostgreSQL
 * takes some that it wrote itself and writes them another way, so that one made anew and one that is old both fit.
 */
async function findDifferences(
  expected: Snapshot,
  live: Snapshot,
  project: Project,
): Promise<readonly SchemaDifference[]> {
  const database = project.settings.database === "sqlite" ? "sqlite" : "postgres";
  const asWritten = compareSchemas(expected, live, database);
  if (asWritten.length === 0) return [];
  const asBuilt = await writeTextsAsBuilt(expected, { project, ...readPrerequisites(project) });
  return compareSchemas(asBuilt, live, database).filter(({ table, what }) =>
    asWritten.some((other) => other.table === table && other.what === what),
  );
}

const afterMissing =
  "The migration that has run and is not there may have made it so: bring that back first, then check again.";

function createProblem({ message }: SchemaDifference, hint: string): Problem {
  return { code: "check.database.difference", message, hint };
}

function findWayBack({ table, expected, actual }: SchemaDifference, live: Snapshot): string {
  const isGone = !live.has(table) || (actual === undefined && expected !== undefined);
  return isGone
    ? `The migrations made it. Make it again in a migration of its own, or say in the resource of "${table}" that it is gone: npx ashlar gen migrations`
    : `Change the database back in a migration of its own, or say the same in the resource of "${table}": npx ashlar gen migrations`;
}

/** Resources that are not managed have tables and no snapshots, as it should be. */
function tellUnknown(
  keys: readonly string[],
  { description, resources }: ProjectDescription,
): readonly Notice[] {
  const declared = new Set(resources.map(({ table }) => table));
  const undeclared = keys.filter((key) => !declared.has(key));
  const untold = keys.filter((key) => description.snapshot.has(key));
  return [
    ...tell("check.database.unknown", "The database has tables that no resource declares", undeclared),
    ...tell("check.database.untold", "The database has tables of resources that have no snapshot", untold),
  ];
}

const hints = {
  "check.database.unknown": "To make resources of them: npx ashlar gen resources --from-database",
  "check.database.untold": "To take the snapshots from it: npx ashlar gen resources --from-database",
} as const;

function tell(code: keyof typeof hints, message: string, keys: readonly string[]): readonly Notice[] {
  if (keys.length === 0) return [];
  const quoted = keys.map((key) => `"${key}"`).join(", ");
  return [{ code, severity: "notice", message: `${message}: ${quoted}.`, hint: hints[code] }];
}
