import type { DropCommand } from "../command.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { developFlags, readDevelopOptions } from "./develop-flags.js";

export const drop: CommandDescription<DropCommand> = {
  command: "drop",
  usage: "drop",
  summary: "Delete the database, for development.",
  details:
    "Asks first, and refuses a database that looks as if others depended on it.\n" +
    "With --force the connections of its own user to it are ended too.",
  flags: developFlags,
  examples: [["ashlar drop --yes", "without the question"]],
  read: (parsed) => ({ kind: "drop", options: readDevelopOptions(createArgumentReader(parsed)) }),
};
