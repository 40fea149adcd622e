import type { PlannedMigration, WithheldOperation } from "../../migrations/plan-migration.js";
import type { RenameCandidate } from "../../migrations/rename-candidates.js";
import { type AshlarError, type Problem, usageError } from "../../support/problem.js";
import { withheldCode } from "./notices.js";

/**
 * The error for a migration that cannot be written before somebody answers: renames that may be meant, or nothing but
 * steps that are withheld. Undefined where it can.
 */
export function findUnanswered({
  questions,
  operations,
  withheld,
}: Pick<PlannedMigration, "questions" | "operations" | "withheld">): AshlarError | undefined {
  if (questions.length > 0) return usageError(...questions.map(describeQuestion));
  if (operations.length > 0 || withheld.length === 0) return undefined;
  return usageError(...describeWithheld(withheld));
}

/** The steps that are asked for; what only goes with them is not told. */
export function describeWithheld(withheld: readonly WithheldOperation[]): readonly Problem[] {
  return withheld
    .filter(({ follows }) => follows !== true)
    .map(({ reason, hint }) => ({ code: withheldCode, message: reason, hint }));
}

function describeQuestion(candidate: RenameCandidate): Problem {
  const { from, to } = candidate;
  const place = candidate.kind === "column" ? ` of "${candidate.table}"` : "";
  const name = candidate.kind === "column" ? `${candidate.table}.${from}` : from;
  const flag = candidate.kind === "column" ? "--rename" : "--rename-table";
  const renames = to.map((each) => `${flag} ${name}:${each}`).join(" or ");
  return {
    code: "migration.rename.unclear",
    message: `The ${candidate.kind} "${from}"${place} is gone, and ${listNames(to)} new: has it another name now?`,
    hint: `If it has: ${renames}. If not: --not-renamed ${name}`,
  };
}

function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  return `${quoted.join(" and ")} ${names.length === 1 ? "is" : "are"}`;
}
