import type { SetupCommand } from "../command.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { toggle } from "./flags.js";

const flags = {
  force: toggle("Do it whatever the database looks like."),
  json: toggle("Print what was done as JSON."),
} satisfies Flags;

export const setup: CommandDescription<SetupCommand> = {
  command: "setup",
  usage: "setup",
  summary: "Make the database if it is missing, migrate it, and run the seeds.",
  details: "Deletes nothing. Seeds run when the database had no migrations before.",
  flags,
  examples: [["ashlar setup", "after cloning the project"]],
  read: (parsed) => {
    const reader = createArgumentReader(parsed);
    const isOn = (flag: string): boolean => reader.toggle(flag) === true;
    return { kind: "setup", options: { force: isOn("force"), json: isOn("json") } };
  },
};
