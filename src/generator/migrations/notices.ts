import type { PlannedMigration, WithheldOperation } from "../../migrations/plan-migration.js";
import type { MigrationsRequest } from "../../migrations/render.js";
import { reviewLocks } from "../../migrations/render/lock-safe/review-locks.js";
import type { Notice } from "../plan.js";

export const withheldCode = "migration.step.withheld";

/**
 * What to know of a migration: where it can fail on rows that are there, where it keeps others from a table though it
 * was to be safe, and what it leaves out and why.
 */
export function tellMigration(
  { operations, reviews, withheld }: Pick<PlannedMigration, "operations" | "reviews" | "withheld">,
  { database, lockSafe }: Pick<MigrationsRequest, "database" | "lockSafe">,
): readonly Notice[] {
  const locks = database === "postgres" && lockSafe ? reviewLocks(operations) : [];
  const told = withheld.filter(({ follows }) => follows !== true);
  return [...reviews, ...locks, ...told.map(tellWithheld)];
}

function tellWithheld({ reason, hint }: WithheldOperation): Notice {
  return { code: withheldCode, severity: "warning", message: `Withheld: ${reason}`, hint };
}
