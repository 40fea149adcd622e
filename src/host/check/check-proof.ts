import { resolve } from "node:path";
import type { Findings } from "../../generator/check/findings.js";
import type { Project } from "../open-project.js";
import { proveAll } from "../prove/prove-all.js";
import type { ReadMigrations } from "./check-project.js";
import { readPrerequisites } from "./prerequisites.js";

/**
 * All migrations in their order on an empty scratch database: up, where they must make what the snapshots say, down to
 * nothing, and up again.
 *
 * @throws AshlarError as `proveAll` does
 */
export async function checkProof(
  { root, settings, files }: Project,
  { snapshot, fileNames }: ReadMigrations,
): Promise<Findings> {
  const { notices } = await proveAll({
    ...{ root, database: settings.database, snapshot },
    files: fileNames.map((name) => ({ name, path: resolve(root, settings.migrations, name) })),
    ...readPrerequisites({ files, settings }),
  });
  return {
    problems: [],
    notices: notices.map((message) => ({ code: "check.proof", severity: "notice", message })),
  };
}
