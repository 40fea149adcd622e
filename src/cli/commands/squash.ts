import type { SquashCommand } from "../command.js";
import type { CommandDescription } from "./description.js";
import { createArgumentReader, readGenerateOptions, type ParsedArguments } from "./arguments.js";
import type { Flags } from "./flags.js";
import { generateFlags, hiddenToggle, text, toggle } from "./flags.js";

const flags = {
  to: text("The last migration to squash; the start of its name is enough. By default the newest."),
  name: text('What the new migration is called; by default "squashed".'),
  "no-proof": toggle("Do not try the new migration on a scratch database, nor compare it with the old ones."),
  proof: hiddenToggle(),
  force: toggle(
    "Also where migrations were written or edited by hand; what new databases go without is told.",
  ),
  ...generateFlags,
} satisfies Flags;

export const squash: CommandDescription<SquashCommand> = {
  command: "squash",
  usage: "squash",
  summary: "Make one migration of many.",
  details:
    "It leads to the same schema. A database that has run all of them takes note of it and runs nothing. A baseline stays, and what came after it is squashed.",
  flags,
  examples: [
    ["ashlar squash", "all of them"],
    ["ashlar squash --to 20260301 --name start", "those up to the one of that day"],
  ],
  read: readSquash,
};

function readSquash(parsed: ParsedArguments): SquashCommand {
  const reader = createArgumentReader(parsed);
  const request = reader.texts({ to: "to", name: "name" });
  reader.finish();
  const force = reader.toggle("force") === true;
  const proof = reader.toggle("proof") !== false;
  return { kind: "squash", request: { ...request, force }, proof, options: readGenerateOptions(reader) };
}
