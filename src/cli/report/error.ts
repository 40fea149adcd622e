import type { ProblemKind } from "../../support/problem.js";
import { isAshlarError } from "../../support/problem.js";
import type { ExitCode } from "../exit-code.js";
import type { Output, Terminal } from "../terminal.js";
import { renderBugNotice } from "./bug-notice.js";
import { writeJson } from "./json.js";
import { renderProblems } from "./problem.js";

const exitCodes: Readonly<Record<ProblemKind, ExitCode>> = { usage: 2, failure: 1 };

/** Tells what went wrong, the one place that does, and gives the exit code that goes with it. */
export function reportError(error: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  const { talk } = terminal;
  if (!isAshlarError(error)) {
    talk.write(renderBug(error, talk));
    return 1;
  }
  if (isJson) writeJson({ problems: error.problems }, terminal);
  talk.write(renderProblems(error.problems, talk.colors));
  return exitCodes[error.kind];
}

function renderBug(error: unknown, { colors }: Output): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${renderBugNotice(colors.red("error"))}${stack}\n${renderCause(error)}\n`;
}

function renderCause(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? `Caused by: ${cause.stack ?? cause.message}\n` : "";
}
