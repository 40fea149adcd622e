import type { ComparedOperation } from "./comparison.js";

/** What ashlar has to reach: a multiple of the time of `pg`, and with exactly so many statements where it says so. */
export const comparisonTargets: Record<
  ComparedOperation,
  { readonly ratio: number; readonly statements?: number }
> = {
  load: { ratio: 1.3, statements: 2 },
  append: { ratio: 1.5, statements: 1 },
  bulk: { ratio: 1.1 },
};

/** The most memory that a stream may ever hold. */
export const streamMegabytes = 150;
