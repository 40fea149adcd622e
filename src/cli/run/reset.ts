import type { ResetCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { dropAndTell } from "./drop.js";
import { confirmDrop, openDevelopment } from "./in-development.js";
import { setUp } from "./setup.js";

/** Runs `ashlar reset`. */
export async function runReset({ options }: ResetCommand, terminal: Terminal): Promise<ExitCode> {
  const database = await openDevelopment("reset", options, terminal);
  if (!(await confirmDrop("reset", database, { options, terminal }))) {
    terminal.talk.write("  Nothing was deleted.\n");
    return 1;
  }
  await dropAndTell(database, options, terminal);
  await setUp(database, terminal);
  return 0;
}
