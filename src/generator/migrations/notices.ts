import type { PlannedMigration, WithheldOperation } from "../../migrations/plan-migration.js";
import type { Notice } from "../plan.js";

export const withheldCode = "migration.step.withheld";

/** What to know of a migration: where it can fail on rows that are there, and what it leaves out and why. */
export function tellMigration({
  reviews,
  withheld,
}: Pick<PlannedMigration, "reviews" | "withheld">): readonly Notice[] {
  return [...reviews, ...withheld.map(tellWithheld)];
}

function tellWithheld({ reason, hint }: WithheldOperation): Notice {
  return { code: withheldCode, severity: "warning", message: reason, hint };
}
