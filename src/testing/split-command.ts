import { usageError } from "../support/problem.js";

const word = /(?:[^\s"'\\]|\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*')+/g;
const program: readonly string[] = ["$", "npx", "ashlar"];
const part = /\\([\s\S])|"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'/g;

/**
 * The words of a command, as a shell would split them: quotes, backslashes and lines continued by a backslash are
 * understood, nothing is expanded. A prompt, `npx` and `ashlar` may stand in front.
 *
 * @throws AshlarError `testing.command.quote` where a quote is not closed
 * @example
 * splitCommand(`npx ashlar gen resource Works Task --description "To do"`);
 * // ["gen", "resource", "Works", "Task", "--description", "To do"]
 */
export function splitCommand(command: string): readonly string[] {
  const line = command.replace(/\\\r?\n/g, "");
  const rest = line.replace(word, "").trim();
  if (rest !== "") throw usageError(createQuoteProblem(command));
  const words = (line.match(word) ?? []).map(unquote);
  const first = words.findIndex((each) => !program.includes(each));
  return first < 0 ? [] : words.slice(first);
}

function unquote(text: string): string {
  return text.replace(part, (_whole, escaped?: string, double?: string, single?: string) => {
    return escaped ?? single ?? (double ?? "").replace(/\\(["\\$`])/g, "$1");
  });
}

function createQuoteProblem(command: string) {
  return {
    code: "testing.command.quote",
    message: `The command "${command}" has a quote or a backslash that nothing follows.`,
    hint: "Close the quote, as in a shell.",
  };
}
