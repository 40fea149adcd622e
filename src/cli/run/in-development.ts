import type { DatabaseOptions } from "../../host/migrate/database.js";
import { describeTarget, readTarget, type DatabaseTarget } from "../../host/develop/database-target.js";
import { hasDatabase } from "../../host/develop/develop-database.js";
import { refuseSuspicious } from "../../host/develop/suspicions.js";
import { isAshlarError, usageError } from "../../support/problem.js";
import { askToGoOn } from "../ask.js";
import type { DevelopOptions } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { createDevelopReporter, type DevelopReporter } from "../report/develop.js";
import { reportError } from "../report/error.js";
import { writeJson } from "../report/json.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** A command at work on the database of the project that the working folder lies in. */
export interface Development {
  /** What was typed, without `npx ashlar`. */
  readonly command: string;
  readonly location: DatabaseOptions;
  readonly target: DatabaseTarget;
  readonly reporter: DevelopReporter;
}

/** What was typed, and where it is answered. */
interface DevelopRequest {
  readonly command: string;
  readonly options: Pick<DevelopOptions, "force" | "json">;
  readonly terminal: Terminal;
}

/**
 * Runs a command that makes or drops the database; with `--json` what it did is printed in the end, also where it failed
 * on the way.
 *
 * @throws AshlarError `develop.refused`, and as `readTarget` and the work do
 */
export async function runDevelopment(
  { command, options: { force, json }, terminal }: DevelopRequest,
  work: (development: Development) => Promise<ExitCode>,
): Promise<ExitCode> {
  const location = await locateDatabase(terminal);
  const target = await readTarget(location);
  if (!force) refuseSuspicious(target, command);
  const reporter = createDevelopReporter(target, terminal, { isJson: json });
  try {
    const exitCode = await work({ command, location, target, reporter });
    if (json) writeJson(reporter.done, terminal);
    return exitCode;
  } catch (error) {
    if (!json || !isAshlarError(error)) throw error;
    writeJson({ ...reporter.done, problems: error.problems }, terminal);
    return reportError(error, terminal, false);
  }
}

/**
 * May the database be dropped? Asks where it can; what is not there needs no answer.
 *
 * @throws AshlarError `develop.unconfirmed` where nobody can be asked
 */
export async function confirmDrop(
  { command, target, reporter }: Development,
  { options, terminal }: { readonly options: DevelopOptions; readonly terminal: Terminal },
): Promise<boolean> {
  const { yes, force, json } = options;
  if (yes || force || !(await hasDatabase(target))) return true;
  const named = describeTarget(target);
  if (!terminal.canAsk || json) throw createUnconfirmedError(command, named);
  const isConfirmed = await askToGoOn(`Delete ${named} and everything in it?`, { initial: false });
  if (!isConfirmed) reporter.say("Nothing was deleted.");
  return isConfirmed;
}

function createUnconfirmedError(command: string, named: string): Error {
  return usageError({
    code: "develop.unconfirmed",
    message: `"ashlar ${command}" deletes ${named} and everything in it, and nobody is here to be asked.`,
    hint: `To do it: npx ashlar ${command} --yes`,
  });
}
