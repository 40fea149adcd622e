import { planDomain } from "../../generator/plan-domain.js";
import type { GenDomainCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { generateInProject } from "./in-project.js";

/** Runs `ashlar gen domain`. */
export function runGenDomain({ name, options }: GenDomainCommand, terminal: Terminal): Promise<ExitCode> {
  return generateInProject((context) => planDomain(name, context), options, terminal);
}
