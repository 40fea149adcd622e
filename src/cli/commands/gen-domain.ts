import type { GenDomainCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import { generateFlags } from "./flags.js";

export const genDomain: CommandDescription<GenDomainCommand> = {
  command: "domain [name]",
  usage: "gen domain <Name>",
  summary: "Make a domain: a group of resources.",
  flags: generateFlags,
  examples: [["ashlar gen domain Accounts", "src/accounts/accounts.ts, known to the repo"]],
  read: readGenDomain,
};

function readGenDomain(parsed: ParsedArguments): GenDomainCommand {
  const reader = createArgumentReader(parsed);
  const name = reader.text("name");
  if (name === undefined || name === "") reader.report(missingName);
  const options = readGenerateOptions(reader);
  reader.finish();
  return { kind: "gen domain", name: name ?? "", options };
}

const missingName = {
  code: "cli.name.missing",
  message: "A domain needs a name.",
  hint: "Such as: npx ashlar gen domain Accounts",
};
