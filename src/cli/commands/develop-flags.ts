import type { DevelopOptions } from "../command.js";
import type { ArgumentReader } from "./arguments.js";
import type { Flags } from "./flags.js";
import { toggle } from "./flags.js";

/** What every command understands that makes or drops a whole database. */
export const developFlags = {
  yes: toggle("Do it without asking.", ["y"]),
  force: toggle("Do it without asking, whatever the database looks like."),
  json: toggle("Print what was done as JSON; ask nothing."),
} satisfies Flags;

export function readDevelopOptions(reader: ArgumentReader): DevelopOptions {
  const isOn = (flag: string): boolean => reader.toggle(flag) === true;
  return { yes: isOn("yes"), force: isOn("force"), json: isOn("json") };
}
