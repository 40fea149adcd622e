import { resolve } from "node:path";
import type { Plan } from "../../generator/plan.js";
import { planNew } from "../../generator/plan-new.js";
import { installPackages } from "../../host/new/install.js";
import { openNewProject } from "../../host/new/open-new.js";
import type { NewCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar new`: the files of a project, and its packages. */
export function runNew(
  { kind: _kind, options, ...given }: NewCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const { folder, install } = given;
  const root = resolve(folder);
  const now = new Date();
  const makePlan = async (): Promise<Plan> => {
    const { request, context } = openNewProject(root, given, now);
    return planNew(request, context);
  };
  const afterWrite = async (): Promise<void> => {
    if (!install) return;
    terminal.talk.write("  Installing packages: npm install\n\n");
    await installPackages(root, folder);
    terminal.talk.write("\n");
  };
  return generate({ root, makePlan, afterWrite, options, terminal });
}
