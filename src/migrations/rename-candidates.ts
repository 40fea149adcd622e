import type { Renames } from "./renames.js";
import type { Snapshot } from "./snapshot.js";

/** Something that is gone and what is new and could be it, likeliest first. */
export type RenameCandidate =
  | {
      readonly kind: "column";
      readonly table: string;
      readonly from: string;
      readonly to: readonly string[];
    }
  | { readonly kind: "table"; readonly from: string; readonly to: readonly string[] };

/** The renames that nobody has answered for yet. */
export function findRenameCandidates(
  _before: Snapshot,
  _after: Snapshot,
  _renames: Renames,
): readonly RenameCandidate[] {
  return [];
}
