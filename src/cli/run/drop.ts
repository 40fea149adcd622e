import { dropDatabase } from "../../host/develop/develop-database.js";
import type { DropCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { confirmDrop, runDevelopment, type Development } from "./in-development.js";

/** Runs `ashlar drop`. */
export function runDrop({ options }: DropCommand, terminal: Terminal): Promise<ExitCode> {
  return runDevelopment({ command: "drop", options, terminal }, async (development) => {
    if (!(await confirmDrop(development, { options, terminal }))) return 1;
    await drop(development, options);
    return 0;
  });
}

/** Drops the database and says so, also where there is none. */
export async function drop(
  { target, reporter }: Development,
  { force }: { readonly force: boolean },
): Promise<void> {
  reporter.tellDropped(await dropDatabase(target, { force }));
}
