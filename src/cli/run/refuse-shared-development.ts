import type { DevelopmentRun } from "../../generator/migrations/development.js";
import { findApplied } from "../../host/develop/find-applied.js";
import { findCommitted } from "../../host/git.js";
import type { Project } from "../../host/open-project.js";
import { failure } from "../../support/problem.js";

/**
 * Refuses to fold development migrations that a database may hold: those that git has may have run anywhere, and those
 * that ran here have to be rolled back while their files are there.
 *
 * @throws AshlarError `migration.dev.committed`, `migration.dev.applied`
 */
export async function refuseSharedDevelopment(
  { fileNames }: DevelopmentRun,
  { root, settings }: Pick<Project, "root" | "settings">,
): Promise<void> {
  const paths = fileNames.map((name) => `${settings.migrations}/${name}`);
  const committed = await findCommitted(root, paths);
  if (committed.length > 0) throw createCommittedError(committed);
  const state = await findApplied({ root, knexfile: settings.knexfile }, fileNames);
  if (state.kind === "known" && state.applied.length > 0) {
    throw createAppliedError(state.applied, state.applied.length + state.later.length);
  }
}

function createCommittedError(paths: readonly string[]): Error {
  return failure({
    code: "migration.dev.committed",
    message: `${quoteAll(paths)} ${paths.length === 1 ? "is" : "are"} in git, so other databases may have run ${paths.length === 1 ? "it" : "them"} and nothing can take the place of ${paths.length === 1 ? "it" : "them"}.`,
    hint: "Give each a name of its own, and its file in snapshot/history the same: then the next migration follows it.",
  });
}

function createAppliedError(names: readonly string[], steps: number): Error {
  return failure({
    code: "migration.dev.applied",
    message: `The development migration${names.length === 1 ? "" : "s"} ${quoteAll(names)} ${names.length === 1 ? "has" : "have"} run on this database.`,
    hint: `Roll back first, then run the command again: npx ashlar rollback --step ${steps}`,
  });
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
