import type { Plan } from "../../generator/plan.js";
import { planSquash, type SquashPlan } from "../../generator/squash/plan-squash.js";
import { readPrerequisites } from "../../host/check/prerequisites.js";
import { createContext, openProject, type Project } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { Proof } from "../../host/prove/proof.js";
import { proveMigrations } from "../../host/prove/prove-migrations.js";
import type { SquashCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate, type Extras } from "../generate.js";
import { renderProofExtras } from "../report/migration-plan.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar squash`: what is written has been proved. */
export function runSquash({ request, proof, options }: SquashCommand, terminal: Terminal): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  let extras: Extras | undefined;
  const makePlan = async (): Promise<Plan> => {
    const project = await openProject(root);
    const squash = await planSquash(request, createContext(project, new Date()));
    if (proof) extras = renderProofExtras(await prove(squash, project), terminal);
    return squash.plan;
  };
  return generate({ root, makePlan, findExtras: () => extras, options, terminal });
}

/** @throws AshlarError as `proveMigrations` does */
function prove({ file, after, operations }: SquashPlan, project: Project): Promise<Proof> {
  const { root, settings } = project;
  return proveMigrations({
    ...{ root, database: settings.database, folder: settings.migrations },
    ...{ before: new Map(), after, operations, files: [file] },
    ...readPrerequisites(project),
  });
}
