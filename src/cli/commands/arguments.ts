import type { Problem } from "../../support/problem.js";
import { usageError } from "../../support/problem.js";
import type { GenerateOptions } from "../command.js";

/** What yargs read: flags by their long name. */
export type ParsedArguments = Readonly<Record<string, unknown>>;

/** Reads typed values out of what yargs gives, and gathers what is wrong with them. */
export interface ArgumentReader {
  text(flag: string): string | undefined;
  /** Several texts at once, under names of their own; those not given are left out. */
  texts<Name extends string>(flags: Readonly<Record<Name, string>>): Partial<Readonly<Record<Name, string>>>;
  list(flag: string): readonly string[];
  toggle(flag: string): boolean | undefined;
  count(flag: string): number | undefined;
  report(problem: Problem): void;
  /** @throws AshlarError with all that was reported. */
  finish(): void;
}

export function createArgumentReader(parsed: ParsedArguments): ArgumentReader {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const text = (flag: string): string | undefined => readText(parsed[flag], flag, report);
  return {
    text,
    texts: (flags) => readTexts(flags, text),
    report,
    list: (flag) => [parsed[flag] ?? []].flat().filter((value) => typeof value === "string"),
    toggle: (flag) => [parsed[flag]].flat().findLast((value) => typeof value === "boolean"),
    count: (flag) => readCount(text(flag), flag, report),
    finish: () => {
      if (problems.length > 0) throw usageError(...problems);
    },
  };
}

/** `undefined` rather than `false` where a flag was not given is for yargs alone: a preview flag is on or off. */
export function readGenerateOptions(reader: ArgumentReader): GenerateOptions {
  const isOn = (flag: string): boolean => reader.toggle(flag) === true;
  return {
    dryRun: isOn("dry-run"),
    diff: isOn("diff"),
    check: isOn("check"),
    yes: isOn("yes"),
    json: isOn("json"),
  };
}

type Report = ArgumentReader["report"];

function readText(value: unknown, flag: string, report: Report): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) report(createRepeatedProblem(flag, value));
  return undefined;
}

function readTexts<Name extends string>(
  flags: Readonly<Record<Name, string>>,
  text: ArgumentReader["text"],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name in flags) {
    const value = text(flags[name]);
    if (value !== undefined) texts[name] = value;
  }
  return texts;
}

function createRepeatedProblem(flag: string, values: readonly unknown[]): Problem {
  const quoted = values.map((value) => `"${String(value)}"`).join(" and ");
  return {
    code: "cli.flag.repeated",
    message: `--${flag} can be given once, but was given ${quoted}.`,
    hint: `Keep one: --${flag} ${String(values[0])}`,
  };
}

function readCount(value: string | undefined, flag: string, report: Report): number | undefined {
  if (value === undefined) return undefined;
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  report({
    code: "cli.flag.number",
    message: `--${flag} takes a whole number from 1 up, not "${value}".`,
    hint: `Such as: --${flag} 1`,
  });
  return undefined;
}
