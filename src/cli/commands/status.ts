import type { StatusCommand } from "../command.js";
import type { CommandDescription } from "./description.js";

export const status: CommandDescription<StatusCommand> = {
  command: "status",
  usage: "status",
  summary: "List the migrations, and which of them have run.",
  flags: {},
  examples: [],
  read: () => ({ kind: "status" }),
};
