import type { Argv } from "yargs";
import yargs from "yargs";
import { usageError } from "../support/problem.js";
import type { Command } from "./command.js";
import { addAllCommands } from "./commands/all.js";
import type { ParseListener } from "./commands/description.js";
import { createUsageProblems } from "./usage-problems.js";

export interface ParseOptions {
  /** What `--version` prints. */
  readonly version: string;
  /** The width that help may take. */
  readonly columns: number;
}

/**
 * The command that was typed, as data.
 *
 * @throws AshlarError of kind usage, with every unknown flag and every value that cannot be read
 * @example
 * parseCommand(["migrate", "--step", "1"], { version: "1.0.0", columns: 80 }); // { kind: "migrate", step: 1 }
 */
export function parseCommand(args: readonly string[], options: ParseOptions): Command {
  return asksForHelp(args) ? parseLine([...takeWords(args), "--help"], options) : parseLine(args, options);
}

/** Help is help, whatever else is on the line. */
function asksForHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === "--help" || arg === "-h");
}

function takeWords(args: readonly string[]): readonly string[] {
  const flag = args.findIndex((arg) => arg.startsWith("-"));
  return args.slice(0, flag);
}

interface Outcome extends ParseListener {
  command?: Command;
  error?: Error;
}

function parseLine(args: readonly string[], options: ParseOptions): Command {
  const outcome = createOutcome(args);
  let text = "";
  createParser(outcome, options).parse([...args], {}, (_error, _parsed, output) => {
    text = output;
  });
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.command ?? (text === "" ? parseLine(["--help"], options) : { kind: "text", text });
}

function createOutcome(args: readonly string[]): Outcome {
  const outcome: Outcome = {
    isHelp: asksForHelp(args),
    found: (command) => {
      outcome.command = command;
    },
    failed: (message, error, known) => {
      outcome.error ??= isOwnError(error)
        ? error
        : usageError(...createUsageProblems(message, { ...known, args }));
    },
  };
  return outcome;
}

/** Not one that yargs made of its own message. */
function isOwnError(error: Error | undefined): error is Error {
  return error !== undefined && error.name !== "YError";
}

function createParser(listener: ParseListener, { version, columns }: ParseOptions): Argv {
  const parser = yargs()
    .scriptName("ashlar")
    .parserConfiguration(parserConfiguration)
    .detectLocale(false)
    .updateStrings({ array: "repeatable", boolean: "flag", string: "value", "Options:": "Flags:" })
    .wrap(Math.min(columns, 110))
    .exitProcess(false)
    .version(version)
    .help()
    .alias({ help: "h" })
    .strict();
  return addAllCommands(parser, listener);
}

/** Values stay as they were typed, and a flag takes one: `--attributes a:uuid Accounts User` has two words left. */
const parserConfiguration = {
  "camel-case-expansion": false,
  "dot-notation": false,
  "greedy-arrays": false,
  "parse-numbers": false,
  "strip-aliased": true,
} as const;
