/** What is wrong with a value that a column cannot hold. */
export type ValueFault = "tooLong" | "outOfRange" | "malformed";

/** What a database said, in one vocabulary. Whatever it did not name is left out. */
export type DatabaseFailure =
  | {
      readonly kind: "unique" | "foreignKey" | "check";
      readonly constraint?: string;
      readonly table?: string;
      readonly columns?: readonly string[];
    }
  | { readonly kind: "notNull"; readonly table?: string; readonly column?: string }
  | { readonly kind: "value"; readonly fault: ValueFault; readonly type?: string }
  | { readonly kind: "unavailable"; readonly reason: UnavailableReason }
  | { readonly kind: "serialization" | "deadlock" | "aborted" | "completed" | "other" };

import type { UnavailableReason } from "./errors.js";

export function classifyDatabaseError(_error: unknown): DatabaseFailure {
  return { kind: "other" };
}
