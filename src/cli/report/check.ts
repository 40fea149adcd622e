import type { CheckedPart, CheckPart } from "../../host/check/check-project.js";
import type { Colors } from "../terminal.js";

/** What each part is called to the user. */
const names: Readonly<Record<CheckPart, string>> = {
  definitions: "definitions",
  migrations: "migrations and snapshots",
  resources: "resources against snapshots",
  database: "the live database",
  proof: "every migration up, down and up",
};

/**
 * A line for each part that was looked at.
 *
 * @example
 * renderCheck([{ part: "definitions", problems: [], notices: [] }], colors); // "        ok  definitions\n"
 */
export function renderCheck(parts: readonly CheckedPart[], colors: Colors): string {
  return parts.map((part) => `${renderPart(part, colors)}\n`).join("");
}

function renderPart({ part, problems, skipped }: CheckedPart, colors: Colors): string {
  const name = names[part];
  if (skipped !== undefined) return `${colors.yellow("skipped".padStart(10))}  ${name}: ${skipped}`;
  if (problems.length === 0) return `${colors.green("ok".padStart(10))}  ${name}`;
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return `${colors.red("wrong".padStart(10))}  ${name}: ${count}`;
}
