import type { GeneratorContext } from "../../generator/context.js";
import type { Plan } from "../../generator/plan.js";
import { createContext, openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { GenerateOptions } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import type { Terminal } from "../terminal.js";

/** Runs a generator in the project that the working folder lies in. */
export async function generateInProject(
  makePlan: (context: GeneratorContext) => Promise<Plan>,
  options: GenerateOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = findProjectRoot(process.cwd());
  const now = new Date();
  return generate({
    root,
    makePlan: async () => makePlan(createContext(await openProject(root), now)),
    options,
    terminal,
  });
}
