import { findEnumUses } from "../../migrations/enum-types.js";
import { findTable } from "../../migrations/operation-subject.js";
import type { Operation } from "../../migrations/operation.js";
import type { Snapshot } from "../../migrations/snapshot.js";

export interface Change {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/**
 * The part of both schemas that a change can touch: the tables that it works on, those that refer to them, and whatever
 * those refer to. Statements of the project's own may make what any table needs, and may touch anything.
 */
export function findConcerned(change: Change, operations: readonly Operation[]): Change {
  const isFree = operations.some(({ kind }) => kind === "addStatement" || kind === "dropStatement");
  if (isFree) return change;
  const touched = findTouched(change, operations);
  const keys = closeOver([...touched, ...findReferring(change, touched), ...findStated(change)], change);
  return { before: pick(change.before, keys), after: pick(change.after, keys) };
}

/** The keys of the tables that the operations work on, by their names on either side. */
export function findTouched(
  { before, after }: Change,
  operations: readonly Operation[],
): ReadonlySet<string> {
  const keys = operations.flatMap((operation): readonly string[] => {
    if (operation.kind === "renameTable") return [operation.from, operation.to];
    if (operation.kind === "addEnumValues" || operation.kind === "replaceEnum") {
      const { name } = operation.after;
      return [before, after].flatMap((schema) => findEnumUses(schema, name).map(({ table }) => table));
    }
    return [findTable(operation) ?? []].flat();
  });
  return new Set(keys);
}

function findReferring({ before, after }: Change, keys: ReadonlySet<string>): readonly string[] {
  return [...before, ...after].flatMap(([key, { foreignKeys }]) =>
    foreignKeys.some(({ references }) => keys.has(references.table)) ? [key] : [],
  );
}

function findStated({ before, after }: Change): readonly string[] {
  return [...before, ...after].flatMap(([key, { statements }]) => (statements === undefined ? [] : [key]));
}

/** With all that they refer to, and all that those refer to. */
function closeOver(keys: readonly string[], { before, after }: Change): ReadonlySet<string> {
  const found = new Set(keys);
  // A set is walked to its end, whatever is added on the way.
  for (const key of found) {
    for (const snapshot of [before, after]) {
      for (const { references } of snapshot.get(key)?.foreignKeys ?? []) found.add(references.table);
    }
  }
  return found;
}

function pick(snapshot: Snapshot, keys: ReadonlySet<string>): Snapshot {
  return new Map([...snapshot].filter(([key]) => keys.has(key)));
}
