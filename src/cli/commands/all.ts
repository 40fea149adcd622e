import type { Argv } from "yargs";
import type { CommandDescription, ParseListener } from "./description.js";
import { addCommands, listCommands } from "./description.js";
import { check } from "./check.js";
import { drop } from "./drop.js";
import { genDomain } from "./gen-domain.js";
import { genMigrations } from "./gen-migrations.js";
import { genResource } from "./gen-resource.js";
import { genResources } from "./gen-resources.js";
import { init } from "./init.js";
import { migrate } from "./migrate.js";
import { newProject } from "./new.js";
import { reset } from "./reset.js";
import { rollback } from "./rollback.js";
import { setup } from "./setup.js";
import { squash } from "./squash.js";
import { status } from "./status.js";
import { undo } from "./undo.js";

const generators: readonly CommandDescription[] = [genDomain, genResource, genResources, genMigrations];

/** In the order in which a project meets them. */
const commands: readonly CommandDescription[] = [
  newProject,
  init,
  ...generators,
  migrate,
  rollback,
  status,
  check,
  undo,
  squash,
  setup,
  reset,
  drop,
];

/** `gen resource <Domain> <Name>` is suggested as `gen resource`. */
const topWords = commands.map(({ usage }) => usage.replace(/ [<-].*$/, ""));

/** Adds every command to a parser, and the page that lists them. */
export function addAllCommands(parser: Argv, listener: ParseListener): Argv {
  const known = { flags: ["help", "version"], commands: topWords };
  const listed = listCommands(parser, "", commands)
    .usage(`ashlar <command> [flags]\n\n${purpose}`)
    .epilogue("The flags and examples of a command: ashlar <command> --help")
    .command("gen", false, (inner) => addGenerators(inner, listener));
  const single = commands.filter((each) => !generators.includes(each));
  return addCommands(listed, single, listener).fail((message, error) =>
    listener.failed(message, error, known),
  );
}

const purpose = "Declarative resources for TypeScript on Knex: made, patched, migrated and kept true.";

function addGenerators(parser: Argv, listener: ParseListener): Argv {
  const known = { flags: ["help"], commands: ["domain", "resource", "resources", "migrations"] };
  return addCommands(listCommands(parser, "gen ", generators), generators, listener)
    .usage("ashlar gen <generator> [flags]")
    .demandCommand(1)
    .strict()
    .fail((message, error) => listener.failed(message, error, known));
}
