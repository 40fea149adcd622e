import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from "diff";
import { isWrite, type Change, type Plan } from "../../generator/plan.js";
import type { Colors } from "../terminal.js";

/**
 * The unified diffs of a plan's files, as `git apply` takes them.
 *
 * @example
 * renderDiffs(plan, colors); // "--- a/src/user.ts\n+++ b/src/user.ts\n@@ -1,3 +1,4 @@\n…"
 */
export function renderDiffs({ changes }: Plan, colors: Colors): string {
  return changes
    .filter(isWrite)
    .map(buildDiff)
    .map((diff) => `${colorDiff(diff, colors)}\n`)
    .join("");
}

function buildDiff(change: Change): string {
  if (!isWrite(change)) return "";
  const isNew = change.kind === "create";
  const before = isNew ? "" : change.before;
  const from = isNew ? "/dev/null" : `a/${change.path}`;
  const patch = structuredPatch(from, `b/${change.path}`, before, change.after, "", "", { context: 3 });
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
