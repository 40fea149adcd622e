import type { Argv } from "yargs";
import type { Command } from "../command.js";
import type { ParsedArguments } from "./arguments.js";
import type { Flags } from "./flags.js";

/** One command: what it is called and understands, how its help reads, and how its words become a command. */
export interface CommandDescription<Kind extends Command = Command> {
  /** As yargs parses it, below the command it belongs to. */
  readonly command: string;
  /** As a person types it, without the flags: `gen domain <Name>`. */
  readonly usage: string;
  /** For the list of commands. */
  readonly summary: string;
  /** For the command's own help. */
  readonly details?: string;
  readonly flags: Flags;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** @throws AshlarError of kind usage */
  read(parsed: ParsedArguments): Kind;
}

/** What can be typed at one place of the line, for suggestions. */
export interface KnownWords {
  readonly flags: readonly string[];
  readonly commands: readonly string[];
}

export interface ParseListener {
  /** Is a help page wanted? yargs lays one out for every command that it runs; without flags that is soon done. */
  readonly isHelp: boolean;
  found(command: Command): void;
  /** yargs could not read the line: its message, or the error that a command threw. */
  failed(message: string, error: Error | undefined, known: KnownWords): void;
}

/**
 * Lists commands on a help page, below the words that lead to it. yargs lists what it will parse, but we parse words
 * that may be missing, to say which; so each is given twice, first to be listed, then to be run.
 */
export function listCommands(
  parser: Argv,
  prefix: string,
  descriptions: readonly CommandDescription[],
): Argv {
  const list = (to: Argv, { usage, summary }: CommandDescription): Argv =>
    to.command(usage.slice(prefix.length), summary);
  return descriptions.reduce(list, parser);
}

/** Adds commands to a parser, unlisted. */
export function addCommands(
  parser: Argv,
  descriptions: readonly CommandDescription[],
  listener: ParseListener,
): Argv {
  return descriptions.reduce((to, description) => addCommand(to, description, listener), parser);
}

function addCommand(parser: Argv, description: CommandDescription, listener: ParseListener): Argv {
  const { command, flags, read } = description;
  const known = { flags: listNames(flags), commands: [] };
  return parser.command(
    command,
    false,
    (inner) =>
      describeCommand(inner, description, listener.isHelp).fail((message, error) =>
        listener.failed(message, error, known),
      ),
    (parsed) => listener.found(read(parsed)),
  );
}

function describeCommand(parser: Argv, description: CommandDescription, isHelp: boolean): Argv {
  return (isHelp ? addHelp(parser, description) : parser.options(hideAll(description.flags))).strict();
}

function addHelp(parser: Argv, { usage, summary, details, flags, examples }: CommandDescription): Argv {
  const head = [summary, details].filter((line) => line !== undefined).join("\n");
  return parser
    .usage(`ashlar ${usage} [flags]\n\n${head}`)
    .options(groupAll(flags))
    .example(examples.map(([command, what]) => [command, what]));
}

/** A command's own flags do not hide among those that every command has. */
function groupAll(flags: Flags): Flags {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, { group: "Of this command:", ...flag }]),
  );
}

function hideAll(flags: Flags): Flags {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, { ...flag, hidden: true }]));
}

/** Every listed name of every flag, without dashes. */
function listNames(flags: Flags): readonly string[] {
  return Object.entries(flags)
    .filter(([, { hidden }]) => hidden !== true)
    .flatMap(([name, { alias = [] }]) => [name, ...[alias].flat()]);
}
