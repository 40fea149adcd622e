import type { Findings } from "../../generator/check/findings.js";
import { diffSnapshots } from "../../migrations/diff.js";
import type { Project } from "../open-project.js";
import { proveMigrations } from "../prove/prove-migrations.js";
import type { ReadMigrations } from "./check-project.js";
import { readPrerequisites } from "./prerequisites.js";

/**
 * All migrations in their order on an empty scratch database: up, where they must make what the snapshots say, down to
 * nothing, and up again.
 *
 * @throws AshlarError as `proveMigrations` does
 */
export async function checkProof(project: Project, read: ReadMigrations): Promise<Findings> {
  const { root, settings, files } = project;
  const { notices } = await proveMigrations({
    ...{ root, database: settings.database, folder: settings.migrations },
    ...{ before: new Map(), after: read.snapshot, operations: diffSnapshots(new Map(), read.snapshot) },
    files: read.fileNames.map((name) => ({ name, text: files.read(`${settings.migrations}/${name}`) ?? "" })),
    ...readPrerequisites({ files, settings }),
  });
  return {
    problems: [],
    notices: notices.map((message) => ({ code: "check.proof", severity: "notice", message })),
  };
}
