import { hasSameContent } from "../../migrations/canonical-json.js";
import type { Operation } from "../../migrations/operation.js";
import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";

export interface Change {
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** Up to so many tables a proof builds all: leaving some out would save nothing. */
const fewTables = 40;

/**
 * The part of both schemas that a change can touch: the tables that differ, those that refer to them, and whatever
 * those refer to. A statement of the project's own may touch anything.
 */
export function findConcerned({ before, after }: Change, operations: readonly Operation[]): Change {
  const isFree = operations.some(({ kind }) => kind === "addStatement" || kind === "dropStatement");
  if (isFree || Math.max(before.size, after.size) <= fewTables) return { before, after };
  const keys = closeOver(findChanged({ before, after }), { before, after });
  return { before: pick(before, keys), after: pick(after, keys) };
}

function findChanged({ before, after }: Change): ReadonlySet<string> {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const changed = keys.filter((key) => !hasSameContent(before.get(key), after.get(key)));
  const referring = [before, after].flatMap((snapshot) =>
    [...snapshot].flatMap(([key, table]) => (refersToAny(table, new Set(changed)) ? [key] : [])),
  );
  return new Set([...changed, ...referring]);
}

function refersToAny({ foreignKeys }: TableSnapshot, keys: ReadonlySet<string>): boolean {
  return foreignKeys.some(({ references }) => keys.has(references.table));
}

/** With all that they refer to, and all that those refer to. */
function closeOver(keys: ReadonlySet<string>, { before, after }: Change): ReadonlySet<string> {
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
