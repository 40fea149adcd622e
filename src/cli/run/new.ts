import { resolve } from "node:path";
import { planNew } from "../../generator/plan-new.js";
import { installPackages } from "../../host/new/install.js";
import { openNewProject } from "../../host/new/open-new.js";
import type { NewCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { generate } from "../generate.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar new`. */
export async function runNew(
  { kind: _kind, options, ...given }: NewCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = resolve(given.folder);
  const now = new Date();
  return generate({
    root,
    makePlan: async () => {
      const { request, context } = openNewProject(root, given, now);
      return planNew(request, context);
    },
    afterWrite: async () => {
      if (given.install) await installPackages(root, given.folder);
    },
    options,
    terminal,
  });
}
