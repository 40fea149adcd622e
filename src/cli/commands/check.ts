import type { CheckCommand } from "../command.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { toggle } from "./flags.js";

const flags = {
  database: toggle("Compare the live schema with what the migrations make, too."),
  prove: toggle("Run all migrations up, down and up again on a scratch database, too."),
  json: toggle("Print what was found as JSON."),
} satisfies Flags;

export const check: CommandDescription<CheckCommand> = {
  command: "check",
  usage: "check",
  summary: "Look for what does not fit together.",
  details:
    "Definitions, resources, snapshots and migrations; no database is needed, and nothing is changed.\n" +
    "Exits with 1 where something has to be mended.",
  flags,
  examples: [
    ["ashlar check", "definitions, resources, snapshots and migrations against each other"],
    ["ashlar check --database", "and the live schema"],
    ["ashlar check --prove", "and that every migration can be run and undone"],
  ],
  read: (parsed) => {
    const reader = createArgumentReader(parsed);
    const isOn = (flag: string): boolean => reader.toggle(flag) === true;
    return { kind: "check", database: isOn("database"), prove: isOn("prove"), json: isOn("json") };
  },
};
