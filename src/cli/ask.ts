import { failure, type AshlarError } from "../support/problem.js";

/**
 * Asks at the terminal, on stderr. False for no, and for Ctrl-C or Esc.
 *
 * @param initial what Enter alone says
 * @example
 * if (await askToGoOn("Write these 7 files?")) applyPlan(root, plan);
 */
export async function askToGoOn(
  message: string,
  { initial }: { readonly initial: boolean } = { initial: true },
): Promise<boolean> {
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message, initialValue: initial, output: process.stderr })) === true;
}

/**
 * Asks for yes or no where more questions follow: no goes on with them, Ctrl-C does not. Enter alone says no.
 *
 * @throws AshlarError `cli.cancelled` for Ctrl-C or Esc
 * @example
 * if (await askWhetherTo("The column is deleted. Do it?")) allowed.push("users.name");
 */
export async function askWhetherTo(message: string): Promise<boolean> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw createCancelledError();
  return answer;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/**
 * Has one of several chosen.
 *
 * @throws AshlarError `cli.cancelled` for Ctrl-C or Esc
 * @example
 * await askToChoose("Which?", [{ value: "a", label: "The first" }, { value: "b", label: "The second" }]); // "a"
 */
export async function askToChoose(message: string, choices: readonly Choice[]): Promise<string> {
  const { isCancel, select } = await import("@clack/prompts");
  const answer = await select({ message, options: [...choices], output: process.stderr });
  if (isCancel(answer)) throw createCancelledError();
  return answer;
}

/**
 * Asks for a line of text, which may be empty.
 *
 * @throws AshlarError `cli.cancelled` for Ctrl-C or Esc
 */
export async function askForText(message: string): Promise<string> {
  const { isCancel, text } = await import("@clack/prompts");
  const answer = await text({ message, output: process.stderr });
  if (isCancel(answer)) throw createCancelledError();
  return (answer ?? "").trim();
}

function createCancelledError(): AshlarError {
  return failure({ code: "cli.cancelled", message: "The question was not answered: nothing was written." });
}
