import { planFromDatabase } from "../../generator/from-database/plan-from-database.js";
import type { Plan } from "../../generator/plan.js";
import { readDeclared } from "../../host/live-schema/read-declared.js";
import { readProjectSchema } from "../../host/live-schema/read-project-schema.js";
import { createContext, openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { FromDatabaseRequest } from "../../generator/from-database-request.js";
import type { GenResourcesCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar gen resources`. */
export function runGenResources(
  { request, options }: GenResourcesCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  const now = new Date();
  return generate({ root, makePlan: () => planTables(root, request, now), options, terminal });
}

async function planTables(root: string, request: FromDatabaseRequest, now: Date): Promise<Plan> {
  const project = await openProject(root);
  const { knexfile } = project.settings;
  const read = await readProjectSchema({ root, knexfile });
  const said = await readDeclared(project, read);
  return planFromDatabase(request, { read, said }, createContext(project, now));
}
