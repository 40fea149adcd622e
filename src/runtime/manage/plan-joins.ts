import { findPrimaryAction } from "../actions/primary-action.js";
import { buildDraft } from "../changeset/build-draft.js";
import { mapTable, type TableMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import type { AnyRecord, ManageTask, Step } from "./manage-task.js";
import type { PlannedWrite } from "./planned-write.js";

export type ManyToMany = Extract<RelationshipDefinition, { readonly kind: "manyToMany" }>;

/** The join rows of a relationship: their table, and the attributes that hold the keys of both ends. */
export interface Joins {
  readonly table: TableMap;
  readonly source: string;
  readonly destination: string;
}

export function joinsOf({ relationship, source }: ManageTask<ManyToMany>): Joins {
  return {
    table: mapTable(relationship.through, source.database),
    source: relationship.sourceAttributeOnJoinResource,
    destination: relationship.destinationAttributeOnJoinResource,
  };
}

/** The join rows that relate records, by the join resource's primary create. */
export function planJoins(task: ManageTask<ManyToMany>, steps: readonly Step[]): PlannedWrite[] {
  if (steps.length === 0) return [];
  const { table, source, destination } = joinsOf(task);
  const { sourceAttribute, destinationAttribute } = task.relationship;
  const action = findPrimaryAction(table.definition, "create");
  return steps.map((step) => {
    const forced = new Map([
      [source, step.entry.parent[sourceAttribute]],
      [destination, step.target?.[destinationAttribute]],
    ]);
    return { step, draft: buildDraft({ table, action, input: step.item?.joinInput, forced }) };
  });
}

/** Sets the key of a record that was made after its join row was planned. */
export function setDestination(
  task: ManageTask<ManyToMany>,
  { draft }: PlannedWrite,
  record: AnyRecord,
): void {
  draft.values.set(joinsOf(task).destination, record[task.relationship.destinationAttribute]);
}

/** What inputs say of the join rows of related records, by the join resource's primary update. */
export function planJoinUpdates(task: ManageTask<ManyToMany>, steps: readonly Step[]): PlannedWrite[] {
  const changed = steps.filter(({ item }) => Object.keys(item?.joinInput ?? {}).length > 0);
  if (changed.length === 0) return [];
  const { table } = joinsOf(task);
  const action = findPrimaryAction(table.definition, "update");
  return changed.map((step) => ({
    step,
    draft: buildDraft({ table, action, record: joinOf(step), input: step.item?.joinInput }),
  }));
}

function joinOf({ target }: Step): AnyRecord {
  // What was loaded through a join resource has its row there.
  return target?.["$join"] as AnyRecord;
}

/** The join rows that go, by the join resource's primary destroy. */
export function planJoinDeletes(task: ManageTask<ManyToMany>, steps: readonly Step[]): PlannedWrite[] {
  if (steps.length === 0) return [];
  const { table } = joinsOf(task);
  const action = findPrimaryAction(table.definition, "destroy");
  return steps.map((step) => ({ step, draft: buildDraft({ table, action, record: joinOf(step) }) }));
}
