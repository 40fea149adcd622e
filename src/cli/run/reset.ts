import type { ResetCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { drop } from "./drop.js";
import { confirmDrop, runDevelopment } from "./in-development.js";
import { setUp } from "./setup.js";

/** Runs `ashlar reset`. */
export function runReset({ options }: ResetCommand, terminal: Terminal): Promise<ExitCode> {
  return runDevelopment({ command: "reset", options, terminal }, async (development) => {
    if (!(await confirmDrop(development, { options, terminal }))) return 1;
    await drop(development, options);
    await setUp(development);
    return 0;
  });
}
