import type { ResetCommand } from "../command.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { developFlags, readDevelopOptions } from "./develop-flags.js";

export const reset: CommandDescription<ResetCommand> = {
  command: "reset",
  usage: "reset",
  summary: "Delete the database and make it anew: drop, then setup.",
  flags: developFlags,
  examples: [["ashlar reset --yes", "without the question"]],
  read: (parsed) => ({ kind: "reset", options: readDevelopOptions(createArgumentReader(parsed)) }),
};
