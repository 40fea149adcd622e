import type { GenResourcesCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { generateFlags, list, text, toggle } from "./flags.js";

const flags = {
  "from-database": toggle("Read the tables of the project's database; nothing in it is changed."),
  tables: list("Only these, such as users,billing.invoices or billing.*; commas or the flag again for more."),
  "skip-tables": list("All but these."),
  domain: text("The domain of all of them, where not each schema is to have its own."),
  "include-views": toggle("Make resources of views as well, to be read alone."),
  baseline: toggle("Write the migration that makes these tables anew, though others may do so."),
  "no-baseline": toggle("Write none; without a word it is written where every migration is ashlar's."),
  ...generateFlags,
} satisfies Flags;

export const genResources: CommandDescription<GenResourcesCommand> = {
  command: "resources",
  usage: "gen resources --from-database",
  summary: "Make resources of the tables that the database has.",
  details:
    "Relationships, identities, indexes, checks and snapshots come with them, so that migrations go on from there. " +
    "Resources that are there already stay as they are.",
  flags,
  examples: [
    ["ashlar gen resources --from-database", "every table that has no resource yet"],
    ["ashlar gen resources --from-database --tables 'billing.*' --domain Billing", "those of one schema"],
    ["ashlar gen resources --from-database --dry-run", "what would be made"],
  ],
  read: readGenResources,
};

function readGenResources(parsed: ParsedArguments): GenResourcesCommand {
  const reader = createArgumentReader(parsed);
  if (reader.toggle("from-database") !== true) reader.report(missingSource);
  const split = (flag: string) =>
    reader.list(flag).flatMap((value) => value.split(",").map((name) => name.trim()));
  const baseline = reader.toggle("baseline");
  const request = {
    ...(baseline !== undefined && { baseline }),
    tables: split("tables").filter((name) => name !== ""),
    skipTables: split("skip-tables").filter((name) => name !== ""),
    includeViews: reader.toggle("include-views") === true,
    ...reader.texts({ domain: "domain" }),
  };
  const options = readGenerateOptions(reader);
  reader.finish();
  return { kind: "gen resources", request, options };
}

const missingSource = {
  code: "cli.source.missing",
  message: "gen resources makes resources of what a database has.",
  hint: "Say so: npx ashlar gen resources --from-database. For a new one: npx ashlar gen resource <Domain> <Name>",
};
