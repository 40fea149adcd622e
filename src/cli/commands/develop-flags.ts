import type { DevelopOptions } from "../command.js";
import type { ArgumentReader } from "./arguments.js";
import type { Flags } from "./flags.js";
import { toggle } from "./flags.js";

/** What every command understands that makes or drops a whole database. */
export const developFlags = {
  yes: toggle("Do it without asking.", ["y"]),
  force: toggle("Do it without asking, whatever the database looks like."),
} satisfies Flags;

export function readDevelopOptions(reader: ArgumentReader): DevelopOptions {
  return { yes: reader.toggle("yes") === true, force: reader.toggle("force") === true };
}
