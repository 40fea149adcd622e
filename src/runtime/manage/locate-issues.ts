/**
 * Issues of the changesets that a relationship is managed by, brought to the inputs that they come from. Where there is one
 * input, or the changeset is told, the place is known; else the relationship alone.
 */
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { pathOf, type PlannedWrite } from "./planned-write.js";

export async function locateIssues<Result>(
  planned: readonly PlannedWrite[],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const issues = error.issues.map((issue) => locate(planned, issue));
    throw new InvalidError(issues, { cause: error.cause });
  }
}

function locate(planned: readonly PlannedWrite[], issue: Issue): Issue {
  const [first, ...more] = planned;
  if (first === undefined) return issue;
  if (more.length === 0) return { ...issue, path: [...pathOf(first.step), ...issue.path] };
  const [place, ...rest] = issue.path;
  const write = typeof place === "number" ? planned[place] : undefined;
  return write === undefined
    ? { ...issue, path: [...first.step.entry.path, ...issue.path] }
    : { ...issue, path: [...pathOf(write.step), ...rest] };
}
