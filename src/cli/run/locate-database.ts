import type { DatabaseOptions } from "../../host/migrate/database.js";
import { openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import { mendProject } from "../mend-project.js";
import type { Terminal } from "../terminal.js";

/** Where the database of the project is told of that the working folder lies in. */
export async function locateDatabase(terminal: Terminal): Promise<DatabaseOptions> {
  const root = findProjectRoot(process.cwd());
  mendProject(root, terminal);
  const { settings } = await openProject(root);
  return { root, knexfile: settings.knexfile };
}
