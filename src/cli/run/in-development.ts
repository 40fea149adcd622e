import type { DatabaseOptions } from "../../host/migrate/database.js";
import { describeTarget, readTarget, type DatabaseTarget } from "../../host/develop/database-target.js";
import { hasDatabase } from "../../host/develop/develop-database.js";
import { refuseSuspicious } from "../../host/develop/suspicions.js";
import { usageError } from "../../support/problem.js";
import { askToGoOn } from "../ask.js";
import type { DevelopOptions } from "../command.js";
import type { Terminal } from "../terminal.js";
import { locateDatabase } from "./locate-database.js";

/** The database of the project that the working folder lies in, where one may do with it as one likes. */
export interface DevelopmentDatabase {
  readonly location: DatabaseOptions;
  readonly target: DatabaseTarget;
}

/**
 * The database for a command that makes or drops it.
 *
 * @param command what was typed, without `npx ashlar`
 * @throws AshlarError `develop.refused`, and as `readTarget` does
 */
export async function openDevelopment(
  command: string,
  { force }: { readonly force: boolean },
  terminal: Terminal,
): Promise<DevelopmentDatabase> {
  const location = await locateDatabase(terminal);
  const target = await readTarget(location);
  if (!force) refuseSuspicious(target, command);
  return { location, target };
}

/**
 * May the database be dropped? Asks where it can; what is not there needs no answer.
 *
 * @throws AshlarError `develop.unconfirmed` where nobody can be asked
 */
export async function confirmDrop(
  command: string,
  { target }: DevelopmentDatabase,
  { options: { yes, force }, terminal }: { readonly options: DevelopOptions; readonly terminal: Terminal },
): Promise<boolean> {
  if (yes || force || !(await hasDatabase(target))) return true;
  const named = describeTarget(target);
  if (terminal.canAsk) return askToGoOn(`Delete ${named} and everything in it?`, { initial: false });
  throw usageError({
    code: "develop.unconfirmed",
    message: `"ashlar ${command}" deletes ${named} and everything in it, and nobody is here to be asked.`,
    hint: `To do it: npx ashlar ${command} --yes`,
  });
}
