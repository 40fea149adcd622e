import type { MigrateCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { refuseTogether } from "./exclusive.js";
import type { Flags } from "./flags.js";
import { text, toggle } from "./flags.js";
import { readRunControls, readToggles, runFlags } from "./run-flags.js";

const flags = {
  to: text("Stop after this migration; the start of its name is enough."),
  step: text("Run this many."),
  "accept-edited": toggle("Take edited files for what has run, from now on."),
  "allow-late": toggle("Run migrations though others that come after them have run."),
  "allow-missing": toggle("Go on though files of migrations that have run are gone."),
  ...runFlags,
} satisfies Flags;

export const migrate: CommandDescription<MigrateCommand> = {
  command: "migrate",
  usage: "migrate",
  summary: "Run the migrations that have not run yet.",
  details: "One run at a time has the database; the others wait for it, then go on.",
  flags,
  examples: [
    ["ashlar migrate", "all of them"],
    ["ashlar migrate --step 1", "the next one"],
    ["ashlar migrate --allow-late", "also what came late, from a branch"],
  ],
  read: readMigrate,
};

function readMigrate(parsed: ParsedArguments): MigrateCommand {
  const reader = createArgumentReader(parsed);
  const to = reader.text("to");
  const step = reader.count("step");
  refuseTogether(reader, "migrate", { to, step });
  const leniency = readToggles(reader, {
    acceptEdited: "accept-edited",
    allowLate: "allow-late",
    allowMissing: "allow-missing",
  });
  const controls = readRunControls(reader);
  reader.finish();
  return {
    kind: "migrate",
    ...(to !== undefined && { to }),
    ...(step !== undefined && { step }),
    ...leniency,
    ...controls,
  };
}
