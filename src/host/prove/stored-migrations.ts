import { failure } from "../../support/problem.js";
import { listBaselineTables } from "../migrate/baseline.js";
import { describeError } from "../migrate/knexfile.js";
import type { MigrationModule } from "../migrate/migration-files.js";
import { createModuleLoader } from "../migrate/module-loader.js";
import type { LoadedMigration } from "./migration-text.js";

/** A migration's file; its path is absolute. */
export interface StoredMigration {
  readonly name: string;
  readonly path: string;
}

/**
 * Loads migrations from their files.
 *
 * @throws AshlarError `proof.failed`
 */
export async function loadMigrations(
  files: readonly StoredMigration[],
  root: string,
): Promise<readonly LoadedMigration[]> {
  const load = createModuleLoader(root);
  const migrations: LoadedMigration[] = [];
  for (const { name, path } of files)
    migrations.push({ name, module: await loadFile(name, () => load(path)) });
  return migrations;
}

async function loadFile(name: string, load: () => Promise<unknown>): Promise<MigrationModule> {
  try {
    // What a file exports is what it says; one without functions fails when it is run.
    return (await load()) as MigrationModule;
  } catch (error) {
    throw failure({
      code: "proof.failed",
      message: `"${name}" cannot be loaded: ${describeError(error)}.`,
      hint: "Mend it, then run the command again.",
    });
  }
}

/** How many migrations there are up to the last baseline: it makes by itself what the tables need first. */
export function findBaselineEnd(migrations: readonly LoadedMigration[]): number {
  return migrations.findLastIndex(({ module }) => listBaselineTables(module).length > 0) + 1;
}
