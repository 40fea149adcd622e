import {
  listUntold,
  nothingDeclared,
  type DeclaredTables,
} from "../../generator/from-database/adopt-tables.js";
import { failure, isAshlarError } from "../../support/problem.js";
import { readPrerequisites } from "../check/prerequisites.js";
import { describeProject } from "../load/describe-project.js";
import { describeError } from "../migrate/knexfile.js";
import type { Project } from "../open-project.js";
import { writeTextsAsBuilt } from "../prove/as-built.js";
import type { LiveSchema } from "./live-schema.js";

/**
 * What a project's resources say, where a table of the database has one and no snapshot; nothing else needs them to be
 * run.
 *
 * @throws AshlarError as `describeProject` does, and with what is wrong in the definitions
 */
export async function readDeclared(project: Project, schema: LiveSchema): Promise<DeclaredTables> {
  const untold = listUntold(schema, project);
  if (untold.length === 0) return nothingDeclared;
  const { description, problems } = await describeProject(project);
  if (problems.length > 0) throw failure(...problems);
  const declared = description.snapshot;
  if (!untold.some((key) => declared.has(key))) return nothingDeclared;
  const needed = { prerequisites: schema.prerequisites.join(";\n"), ...readPrerequisites(project) };
  try {
    return { declared, built: await writeTextsAsBuilt(declared, { project, ...needed }) };
  } catch (error) {
    return { declared, built: declared, obstacle: describeObstacle(error) };
  }
}

function describeObstacle(error: unknown): string {
  return isAshlarError(error) ? error.problems.map(({ message }) => message).join(" ") : describeError(error);
}
