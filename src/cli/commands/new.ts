import type { NewCommand } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import { createArgumentReader, readGenerateOptions } from "./arguments.js";
import type { CommandDescription } from "./description.js";
import type { Flags } from "./flags.js";
import { generateFlags, hiddenToggle, text, toggle } from "./flags.js";

const projectGroup = "The project:";

const flags = {
  example: {
    ...toggle("Add the domains Accounts (User) and Works (Task), with their first migration."),
    group: projectGroup,
  },
  database: {
    ...text("pglite (embedded PostgreSQL, the default), sqlite or postgres."),
    group: projectGroup,
  },
  install: hiddenToggle(),
  "no-install": { ...toggle("Do not run npm install."), group: projectGroup },
  ...generateFlags,
} satisfies Flags;

export const newProject: CommandDescription<NewCommand> = {
  command: "new [folder]",
  usage: "new <folder>",
  summary: "Make a new project.",
  details: "It installs, type-checks, migrates and runs. The folder must be empty or not there yet.",
  flags,
  examples: [
    ["ashlar new my-app", "a project on an embedded PostgreSQL"],
    ["ashlar new my-app --example", "with two domains to try the generators on"],
  ],
  read: readNew,
};

function readNew(parsed: ParsedArguments): NewCommand {
  const reader = createArgumentReader(parsed);
  const folder = reader.text("folder");
  if (folder === undefined || folder === "") reader.report(missingFolder);
  const command: NewCommand = {
    kind: "new",
    folder: folder ?? "",
    example: reader.toggle("example") === true,
    install: reader.toggle("install") !== false,
    ...reader.texts({ database: "database" }),
    options: readGenerateOptions(reader),
  };
  reader.finish();
  return command;
}

const missingFolder = {
  code: "cli.folder.missing",
  message: "A new project needs a folder to be made in.",
  hint: "Such as: npx ashlar new my-app",
};
