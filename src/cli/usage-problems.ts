import { findNearest } from "../generator/did-you-mean.js";
import type { Problem } from "../support/problem.js";
import type { KnownWords } from "./commands/description.js";

export interface UsageContext extends KnownWords {
  /** The line as it was typed. */
  readonly args: readonly string[];
}

/**
 * What yargs could not read, in our words. yargs tells it as an English sentence alone, so the sentences are matched
 * here, and one that is new comes through as it is.
 */
export function createUsageProblems(message: string, context: UsageContext): readonly Problem[] {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) return createUnknownProblems(unknown.split(", "), context);
  const unfinished = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (unfinished !== undefined) return [createUnfinishedProblem(unfinished)];
  if (message.startsWith("Not enough non-option arguments")) return [createMissingCommandProblem(context)];
  return [{ code: "cli.usage", message, hint: "See: npx ashlar --help" }];
}

/** Every unknown flag; of unknown words the first alone, for the others may well follow from it. */
function createUnknownProblems(names: readonly string[], context: UsageContext): readonly Problem[] {
  const isFlag = (name: string): boolean => findTypedFlag(name, context.args) !== undefined;
  const word = names.find((name) => !isFlag(name));
  return [
    ...names.filter(isFlag).map((name) => createUnknownFlagProblem(name, context)),
    ...(word === undefined ? [] : [createUnknownWordProblem(word, context.commands)]),
  ];
}

/** The flag as it stands on the line; undefined for a word. */
function findTypedFlag(name: string, args: readonly string[]): string | undefined {
  if (args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))) return `--${name}`;
  if (args.includes(`--no-${name}`)) return `--no-${name}`;
  return name.length === 1 && args.some((arg) => hasLetter(arg, name)) ? `-${name}` : undefined;
}

/** Is it one of the flags of `-yt`, or of `-t=x`? */
function hasLetter(arg: string, letter: string): boolean {
  const letters = /^-([A-Za-z]*[^-]?)/.exec(arg)?.[1] ?? "";
  return letters.includes(letter);
}

function createUnknownFlagProblem(name: string, { args, flags }: UsageContext): Problem {
  const typed = findTypedFlag(name, args) ?? name;
  const nearest = name.length > 1 ? findNearest(typed.replace(/^-+/, ""), flags) : undefined;
  return {
    code: "cli.flag.unknown",
    message: `"${typed}" is not a flag of this command.`,
    hint: nearest === undefined ? "Add --help to see the flags it has." : `Did you mean "--${nearest}"?`,
  };
}

function createUnknownWordProblem(word: string, commands: readonly string[]): Problem {
  if (commands.length === 0) {
    const message = `"${word}" was not expected here.`;
    return { code: "cli.word.unexpected", message, hint: "Add --help to see what this command takes." };
  }
  const nearest = commands.find((each) => each.endsWith(` ${word}`)) ?? findNearest(word, commands);
  const listing = `The commands are: ${commands.join(", ")}.`;
  return {
    code: "cli.command.unknown",
    message: `"${word}" is not a command.`,
    hint: nearest === undefined ? listing : `Did you mean "${nearest}"? ${listing}`,
  };
}

function createUnfinishedProblem(names: string): Problem {
  const flags = names.split(", ").map((name) => `--${name}`);
  return {
    code: "cli.flag.value",
    message: `${flags.join(" and ")} needs a value.`,
    hint: "Add --help to see what it takes.",
  };
}

function createMissingCommandProblem({ commands }: UsageContext): Problem {
  return {
    code: "cli.command.missing",
    message: "It is not said what to make.",
    hint: `It is one of: ${commands.join(", ")}.`,
  };
}
