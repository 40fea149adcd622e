import { planResource } from "../../generator/plan-resource.js";
import type { GenResourceCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { generateInProject } from "./in-project.js";

/** Runs `ashlar gen resource`. */
export function runGenResource(
  { request, options }: GenResourceCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  return generateInProject((context) => planResource(request, context), options, terminal);
}
