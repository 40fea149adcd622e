import { hasSqlTexts } from "../../migrations/adopt-sql-texts.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Project } from "../open-project.js";
import { withScratchDatabase } from "../scratch/scratch-database.js";
import { readAsBuilt } from "./build-state.js";

export interface AsBuiltRequest {
  readonly project: Pick<Project, "root" | "settings">;
  /** SQL that the tables need first. */
  readonly prerequisites?: string;
}

/**
 * The snapshot with its texts of SQL as the project's kind of database writes them, by building it on a scratch database;
 * itself where it has none.
 *
 * @throws AshlarError as `withScratchDatabase` does
 */
export async function writeTextsAsBuilt(
  snapshot: Snapshot,
  { project: { root, settings }, prerequisites }: AsBuiltRequest,
): Promise<Snapshot> {
  if (!hasSqlTexts(snapshot)) return snapshot;
  const options = {
    root,
    database: settings.database,
    ...(prerequisites !== undefined && { prerequisites }),
  };
  const database = settings.database === "sqlite" ? "sqlite" : "postgres";
  return withScratchDatabase(options, (knex) => readAsBuilt(knex, { snapshot, database, root }));
}
