import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { MigrationModule } from "../migrate/migration-files.js";
import { failure } from "../../support/problem.js";
import { describeError } from "../migrate/knexfile.js";
import type { MigrationText } from "./proof.js";

export interface LoadedMigration {
  readonly name: string;
  readonly module: MigrationModule;
}

/**
 * Loads a migration from its text alone: it need not be on disk, and imports what it would import from its folder.
 *
 * @param folder the folder that it would be in, absolute
 * @throws AshlarError `proof.failed`
 */
export async function loadMigrationText(
  { name, text }: MigrationText,
  folder: string,
): Promise<LoadedMigration> {
  const { createJiti } = await import("jiti/static");
  const filename = join(folder, name);
  try {
    const jiti = createJiti(`${pathToFileURL(folder).href}/`, { tsconfigPaths: true, fsCache: false });
    const module: unknown = await jiti.evalModule(text, { filename, id: filename, ext: ".ts", async: true });
    // A text without the two functions fails when it is run.
    return { name, module: module as MigrationModule };
  } catch (error) {
    throw failure({
      code: "proof.failed",
      message: `"${name}" cannot be loaded: ${describeError(error)}.`,
      hint: "Nothing was kept. If a template of the project's own made it, mend the template.",
    });
  }
}
