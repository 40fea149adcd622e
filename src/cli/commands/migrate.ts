import type { MigrateCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { refuseTogether } from "./exclusive.js";
import type { Flags } from "./flags.js";
import { text } from "./flags.js";

const flags = {
  to: text("Stop after this migration; the start of its name is enough."),
  step: text("Run this many."),
} satisfies Flags;

export const migrate: CommandDescription<MigrateCommand> = {
  command: "migrate",
  usage: "migrate",
  summary: "Run the migrations that have not run yet.",
  flags,
  examples: [
    ["ashlar migrate", "all of them"],
    ["ashlar migrate --step 1", "the next one"],
  ],
  read: readMigrate,
};

function readMigrate(parsed: ParsedArguments): MigrateCommand {
  const reader = createArgumentReader(parsed);
  const to = reader.text("to");
  const step = reader.count("step");
  refuseTogether(reader, "migrate", { to, step });
  reader.finish();
  return { kind: "migrate", ...(to !== undefined && { to }), ...(step !== undefined && { step }) };
}
