import { describeTarget } from "../../host/develop/database-target.js";
import { dropDatabase } from "../../host/develop/develop-database.js";
import type { DevelopOptions, DropCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { renderDone } from "../report/done.js";
import type { Terminal } from "../terminal.js";
import { confirmDrop, openDevelopment, type DevelopmentDatabase } from "./in-development.js";

/** Runs `ashlar drop`. */
export async function runDrop({ options }: DropCommand, terminal: Terminal): Promise<ExitCode> {
  const database = await openDevelopment("drop", options, terminal);
  if (!(await confirmDrop("drop", database, { options, terminal }))) {
    terminal.talk.write("  Nothing was deleted.\n");
    return 1;
  }
  await dropAndTell(database, options, terminal);
  return 0;
}

/** Drops the database and says so, also where there is none. */
export async function dropAndTell(
  { target }: DevelopmentDatabase,
  { force }: DevelopOptions,
  { data, talk }: Terminal,
): Promise<void> {
  const named = describeTarget(target);
  if (await dropDatabase(target, { force })) data.write(renderDone("dropped", named, data.colors));
  else talk.write(`  There is nothing to drop: ${named} is not there.\n`);
}
