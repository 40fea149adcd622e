import type { RollbackCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { refuseTogether } from "./exclusive.js";
import type { Flags } from "./flags.js";
import { text, toggle } from "./flags.js";
import { readRunControls, runFlags } from "./run-flags.js";

const flags = {
  step: text("Undo this many."),
  to: text("Undo what came after this migration; the start of its name is enough."),
  all: toggle("Undo every migration."),
  ...runFlags,
} satisfies Flags;

export const rollback: CommandDescription<RollbackCommand> = {
  command: "rollback",
  usage: "rollback",
  summary: "Undo the migrations of the last run.",
  flags,
  examples: [
    ["ashlar rollback", "what the last migrate did"],
    ["ashlar rollback --step 1", "the last migration alone"],
  ],
  read: readRollback,
};

function readRollback(parsed: ParsedArguments): RollbackCommand {
  const reader = createArgumentReader(parsed);
  const to = reader.text("to");
  const step = reader.count("step");
  const all = reader.toggle("all") === true;
  refuseTogether(reader, "rollback", { step, to, all });
  const controls = readRunControls(reader);
  reader.finish();
  return {
    kind: "rollback",
    all,
    ...(to !== undefined && { to }),
    ...(step !== undefined && { step }),
    ...controls,
  };
}
