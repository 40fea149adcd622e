import type { ColumnSnapshot } from "./snapshot.js";

/** Is the value of both worked out by the same SQL and kept the same way, or of neither? */
export function isGeneratedAlike(one: ColumnSnapshot, other: ColumnSnapshot): boolean {
  return one.generatedAs === other.generatedAs && one.virtual === other.virtual;
}
