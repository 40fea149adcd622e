import type { WriteContext } from "../changeset/write-context.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { ManageItem } from "./manage-item.js";
import type { ManageRules } from "./manage-rules.js";

export type AnyRecord = Record<string, unknown>;

/** The inputs for one record. */
export interface ManageEntry {
  readonly parent: AnyRecord;
  /** The way to the inputs in what was handed in: the relationship, behind the place of the record where there are several. */
  readonly path: Issue["path"];
  /** It was just made: nothing is related to it. */
  readonly isNew: boolean;
  readonly items: readonly ManageItem[];
}

/** One relationship to be managed by the same rules, for any number of records together. */
export interface ManageTask<Relationship extends RelationshipDefinition = RelationshipDefinition> {
  readonly context: WriteContext;
  readonly relationship: Relationship;
  readonly rules: ManageRules;
  readonly source: TableMap;
  readonly destination: TableMap;
  readonly entries: readonly ManageEntry[];
  readonly issues: Issue[];
}

/** What is to become of one related record, or of one input. */
export interface Step {
  readonly entry: ManageEntry;
  /** The input; none where something related is missing among the inputs. */
  readonly item?: ManageItem;
  /** The record at the other end; none where it is to be made. */
  readonly target?: AnyRecord;
}

/** Everything that is to be done, sorted by what. */
export interface Steps {
  /** Related and left so. */
  readonly keep: Step[];
  readonly relate: Step[];
  readonly create: Step[];
  /** Records to be changed by their inputs; those of `relate` too, where the rules say so. */
  readonly update: Step[];
  readonly updateJoin: Step[];
  readonly unrelate: Step[];
  readonly destroy: Step[];
}

export function createSteps(): Steps {
  return { keep: [], relate: [], create: [], update: [], updateJoin: [], unrelate: [], destroy: [] };
}
