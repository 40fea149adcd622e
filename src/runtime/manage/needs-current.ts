import type { ManageRules } from "./manage-rules.js";

/** Do the rules ask what is related now? An append does not: the database leaves out what is there. */
export function needsCurrent({ onLookup, onMatch, onMissing, onDuplicate }: ManageRules): boolean {
  return onMissing !== "ignore" || onMatch !== "ignore" || onLookup === "ignore" || onDuplicate === "error";
}
