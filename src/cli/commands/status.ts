import type { StatusCommand } from "../command.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { toggle } from "./flags.js";
import { readToggles } from "./run-flags.js";

const flags = {
  check: toggle("Exit with 3 unless every migration has run as its file is."),
  json: toggle("Print the migrations as JSON."),
} satisfies Flags;

export const status: CommandDescription<StatusCommand> = {
  command: "status",
  usage: "status",
  summary: "List the migrations, and which of them have run.",
  flags,
  examples: [["ashlar status --check", "may the application start?"]],
  read: (parsed) => ({
    kind: "status",
    ...readToggles(createArgumentReader(parsed), { check: "check", json: "json" }),
  }),
};
