import { isAshlarError, type Problem } from "../../support/problem.js";
import type { Notice } from "../plan.js";

/** What a check has found: what has to be mended, and what should be known. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
}

export const noFindings: Findings = { problems: [], notices: [] };

/** All of them as one, in order. */
export function joinFindings(...all: readonly Partial<Findings>[]): Findings {
  return {
    problems: all.flatMap(({ problems = [] }) => problems),
    notices: all.flatMap(({ notices = [] }) => notices),
  };
}

/**
 * What the work gives, and no problems; or the problems of the AshlarError that it throws.
 *
 * @example
 * const { value, problems } = await collectProblems(() => parseTable(text, path));
 */
export async function collectProblems<Value>(
  work: () => Value | Promise<Value>,
): Promise<{ readonly value?: Value; readonly problems: readonly Problem[] }> {
  try {
    return { value: await work(), problems: [] };
  } catch (error) {
    if (isAshlarError(error)) return { problems: error.problems };
    throw error;
  }
}
