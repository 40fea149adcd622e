import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { isEdit, type Deletion, type Plan, type Write } from "../../generator/plan.js";
import type { Colors } from "../terminal.js";

/**
 * The unified diffs of a plan's files, as `git apply` takes them.
 *
 * @example
 * renderDiffs(plan, colors); // "--- a/src/user.ts\n+++ b/src/user.ts\n@@ -1,3 +1,4 @@\n…"
 */
export function renderDiffs({ changes }: Plan, colors: Colors): string {
  return changes
    .filter(isEdit)
    .map(buildDiff)
    .map((diff) => `${colorDiff(diff, colors)}\n`)
    .join("");
}

const nowhere = "/dev/null";

function buildDiff(change: Write | Deletion): string {
  const [from, before] = change.kind === "create" ? [nowhere, ""] : [`a/${change.path}`, change.before];
  const [to, after] = change.kind === "delete" ? [nowhere, ""] : [`b/${change.path}`, change.after];
  const patch = structuredPatch(from, to, before, after, "", "", { context: 3 });
  return formatPatch(patch, FILE_HEADERS_ONLY);
}

function colorDiff(diff: string, colors: Colors): string {
  return diff
    .split("\n")
    .map((line) => colorLine(line, colors))
    .join("\n");
}

function colorLine(line: string, colors: Colors): string {
  if (line.startsWith("+++") || line.startsWith("---")) return colors.bold(line);
  if (line.startsWith("@@")) return colors.cyan(line);
  if (line.startsWith("+")) return colors.green(line);
  return line.startsWith("-") ? colors.red(line) : line;
}
