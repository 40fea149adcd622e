import type { Plan } from "../../generator/plan.js";
import { planInit } from "../../host/init-plan.js";
import { openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { InitCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import { renderFindings } from "../report/findings.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar init`: what was found in the project, and the file that says so. */
export async function runInit({ options }: InitCommand, terminal: Terminal): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  const makePlan = async (): Promise<Plan> => {
    const { files, settings, findings } = await openProject(root);
    if (!options.json) terminal.data.write(renderFindings(findings, terminal.data.colors));
    return planInit(files, settings);
  };
  return generate({ root, makePlan, options, terminal });
}
