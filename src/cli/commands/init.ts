import type { InitCommand } from "../command.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { generateFlags } from "./flags.js";

export const init: CommandDescription<InitCommand> = {
  command: "init",
  usage: "init",
  summary: "Set a project that has Knex up for ashlar.",
  details:
    "Finds the knexfile, the sources, the migrations and the module settings, and writes ashlar.config.json.",
  flags: generateFlags,
  examples: [["ashlar init --dry-run", "what was found, without writing it"]],
  read: (parsed) => ({ kind: "init", options: readGenerateOptions(createArgumentReader(parsed)) }),
};
