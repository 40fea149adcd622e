import type { Problem } from "../../support/problem.js";
import type { Colors } from "../terminal.js";

const indent = "    ";

/**
 * Problems as they are told: for each what happened and its code, where, the lines around it, what to paste and what to
 * type.
 */
export function renderProblems(problems: readonly Problem[], colors: Colors): string {
  return `\n${problems.map((problem) => `${renderProblem(problem, colors)}\n`).join("\n")}\n`;
}

function renderProblem(problem: Problem, colors: Colors): string {
  const { code, message, hint, paste, location, frame } = problem;
  const parts = [
    `  ${colors.red("error")}  ${message}  ${colors.dim(code)}`,
    location && `${indent}at ${colors.bold(`${location.path}:${location.line}:${location.column}`)}`,
    frame && `\n${shift(frame)}\n`,
    paste && `${indent}Paste this:\n\n${shift(paste)}\n`,
    hint && shift(hint),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join("\n");
}

function shift(text: string): string {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line === "" ? line : indent + line))
    .join("\n");
}
