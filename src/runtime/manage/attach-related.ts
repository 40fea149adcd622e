import { isLoaded, setLoaded } from "../load/loaded-property.js";
import { keyTextOf } from "../write/key-text.js";
import type { AnyRecord, ManageEntry, ManageTask, Step } from "./manage-task.js";

/** A record as the result has it, and the input it stands for. */
export interface Related {
  readonly step: Step;
  readonly record: AnyRecord;
}

/**
 * Puts what is related now into the records: what was there and stays, then the inputs in their order. Where nobody
 * read what was there, only a list that was loaded before can be brought up to date; the others stay unloaded.
 */
export function attachRelated(
  { entries, relationship, destination }: ManageTask,
  current: ReadonlyMap<ManageEntry, readonly AnyRecord[]>,
  results: ReadonlyMap<ManageEntry, readonly Related[]>,
): void {
  const isOne = relationship.kind === "hasOne" || relationship.kind === "belongsTo";
  for (const entry of entries) {
    const related = orderRelated(entry, results.get(entry) ?? []);
    const before = current.has(entry) ? [] : readLoaded(entry.parent, relationship.name);
    if (before === undefined) continue;
    const keys = new Set(related.map((record) => keyTextOf(destination, record)));
    const list = [...before.filter((record) => !keys.has(keyTextOf(destination, record))), ...related];
    setLoaded(entry.parent, relationship.name, isOne ? (list.at(-1) ?? null) : list);
  }
}

function orderRelated({ items }: ManageEntry, related: readonly Related[]): AnyRecord[] {
  const places = new Map(items.map((item, index) => [item, index]));
  return related
    .map(({ step, record }) => ({
      record,
      place: step.item === undefined ? -1 : (places.get(step.item) ?? -1),
    }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ record }) => record);
}

function readLoaded(parent: AnyRecord, name: string): readonly AnyRecord[] | undefined {
  if (!isLoaded(parent, name)) return undefined;
  const loaded = parent[name];
  // What is loaded is records, or null for none.
  return (Array.isArray(loaded) ? loaded : [loaded]).filter((each) => each !== null) as AnyRecord[];
}
