import type { RelationshipDefinition } from "../resource-definition.js";
import type { ManageItem } from "./manage-item.js";
import type { ManageRules } from "./manage-rules.js";

/** A relationship to be managed, its inputs read. */
export interface ManagedCall {
  readonly relationship: RelationshipDefinition;
  readonly rules: ManageRules;
  readonly items: readonly ManageItem[];
  /** The input was a list: issues carry the place in it. */
  readonly isList: boolean;
}
