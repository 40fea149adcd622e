import { parseCommand } from "../../src/cli/parse-command.js";
import type { Command } from "../../src/cli/command.js";
import { isAshlarError, type Problem } from "../../src/support/problem.js";

/** Reads a line of words without quotes. */
export function parse(line: string): Command {
  return parseCommand(line.split(" ").filter(Boolean), { version: "1.2.3", columns: 100 });
}

/** The problems of a line that is refused. */
export function findProblems(line: string): readonly Problem[] {
  try {
    parse(line);
  } catch (error) {
    if (isAshlarError(error) && error.kind === "usage") return error.problems;
    throw error;
  }
  return [];
}

/** `code: message hint` of each problem of a line. */
export function describeProblems(line: string): readonly string[] {
  return findProblems(line).map(({ code, message, hint = "" }) => `${code}: ${message} ${hint}`);
}
