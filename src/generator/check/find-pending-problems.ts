import type { Description } from "../../migrations/describe.js";
import { diffSnapshots } from "../../migrations/diff.js";
import type { Operation } from "../../migrations/operation.js";
import { findSubject } from "../../migrations/operation-subject.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { Problem } from "../../support/problem.js";
import { describeOperation } from "./describe-operation.js";

/** More steps of one table than this are counted. */
const shown = 6;

/**
 * What resources ask for that no migration does yet, a problem for each table.
 *
 * @param snapshot the schema as the migrations leave it
 * @example
 * findPendingProblems(snapshot, description);
 * // [{ code: "check.pending", message: `No migration does yet what the resources ask of "users": add the column "users.name".` }]
 */
export function findPendingProblems(
  snapshot: Snapshot,
  { snapshot: wanted, renames }: Description,
): readonly Problem[] {
  const bySubject = new Map<string, Operation[]>();
  for (const operation of diffSnapshots(snapshot, wanted, renames)) {
    const subject = findSubject(operation);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), operation]);
  }
  return [...bySubject].map(([subject, operations]) =>
    createProblem(subject, operations.map(describeOperation)),
  );
}

function createProblem(subject: string, steps: readonly string[]): Problem {
  const more = steps.length > shown ? `, and ${steps.length - shown} more` : "";
  return {
    code: "check.pending",
    message: `No migration does yet what the resources ask of "${subject}": ${steps.slice(0, shown).join(", ")}${more}.`,
    hint: "Write it: npx ashlar gen migrations. What exactly: npx ashlar gen migrations --dry-run --diff",
  };
}
