/**
 * Where each operation goes so that no table that others use is locked for long.
 *
 * PostgreSQL makes an index beside the writes of others only outside of a transaction, and a constraint that is added
 * and checked in one transaction keeps them waiting for all of the check. So a migration becomes up to three files: what
 * is done outside before the rest, the rest in a transaction, and what is done outside after it.
 *
 * Whatever is better done outside goes after. Where something inside needs it done (a column can be dropped once its
 * index is), it goes before, together with what it needs itself. Where that is impossible it stays inside, which is
 * right and takes a longer lock. The order among operations of one file stays, but for old indexes, which go
 * when the new ones are there.
 */
import type { Operation } from "../../operation.js";
import { findTable } from "../../operation-subject.js";
import type { Task } from "../task.js";
import { type Item, type Place, buildItems, moveInside, withNeeds } from "./item.js";
import { joinReplaced, sortNewFirst } from "./replace.js";
import { splitOperation } from "./split.js";

export interface PlacedTasks {
  readonly place: Place;
  readonly tasks: readonly Task[];
}

/**
 * The operations as the tasks of up to three files, in the order in which they run.
 *
 * @example
 * placeOperations([{ kind: "addIndex", table: "users", index }]); // [{ place: "after", tasks: [...] }]
 */
export function placeOperations(operations: readonly Operation[]): readonly PlacedTasks[] {
  const isOld = findOldTables(operations);
  const parts = operations.flatMap((operation) =>
    isOld(operation) ? splitOperation(operation) : [operation],
  );
  const items = sortNewFirst(settle(joinReplaced(buildItems(parts, isOld))));
  const files = [tasksAt(items, "before"), tasksAt(items, "inside"), tasksAt(items, "after")];
  return mergeFiles(files).map(guardEarly);
}

/** Does the operation change a table that was there before and stays? */
export function findOldTables(operations: readonly Operation[]): (operation: Operation) => boolean {
  const fresh = new Set(
    operations.filter(({ kind }) => kind === "createTable" || kind === "dropTable").map(findTable),
  );
  return (operation) => {
    const table = findTable(operation);
    return table !== undefined && !fresh.has(table);
  };
}

/**
 * Moves items until none needs another that comes later. What is brought back into the transaction stays there, and what
 * goes before takes along all that it needs, so this ends.
 */
function settle(items: readonly Item[]): readonly Item[] {
  const pairs = items.flatMap((item) => [...item.needs].map((needed) => [item, needed] as const));
  for (let moved = 1; moved > 0;) moved = pairs.filter(([item, needed]) => settlePair(item, needed)).length;
  return items;
}

/** True where something moved. */
function settlePair(item: Item, needed: Item): boolean {
  if (rank(item) >= rank(needed)) return false;
  if (needed.place === "after" && item.canLeave) item.place = "after";
  else if (needed.place === "after") moveBefore(needed);
  else moveInside(item);
  return true;
}

/** Where not all that it needs can be done outside, none of what would come after the transaction is. */
function moveBefore(item: Item): void {
  const all = withNeeds(item);
  const canAllLeave = all.every(({ canLeave }) => canLeave);
  for (const each of all) {
    if (canAllLeave) each.place = "before";
    else if (each.place === "after") moveInside(each);
  }
}

const ranks = { before: 0, inside: 1, after: 2 } as const;

function rank({ place }: Item): number {
  return ranks[place];
}

/** What brings a constraint inside the transaction leaves the look at the rows for after. */
function tasksAt(items: readonly Item[], place: Place): PlacedTasks {
  return { place, tasks: items.flatMap((item) => listTasks(item, place)) };
}

function listTasks({ operation, replaced, hasHalves, ...item }: Item, place: Place): readonly Task[] {
  const isHalved = item.place === "inside" && hasHalves;
  if (item.place !== place) return isHalved && place === "after" ? [{ operation, part: "finish" }] : [];
  if (!replaced) return [{ operation, part: isHalved ? "start" : "whole" }];
  if (place !== "inside") return [{ operation, part: "whole", replaced }];
  return [replaced, operation].map((each) => ({ operation: each, part: "whole" }));
}

/** What rows may stop later on is better stopped before anything goes, since what goes outside does not come back. */
function guardEarly(file: PlacedTasks, _: number, files: readonly PlacedTasks[]): PlacedTasks {
  if (file.place !== "before") return file;
  const later = files.filter(({ place }) => place !== "before").flatMap(({ tasks }) => tasks);
  const guarded = later.filter(({ operation }) => operation.kind === "replaceEnum");
  return { ...file, tasks: [...guarded.map((task): Task => ({ ...task, part: "guard" })), ...file.tasks] };
}

/** Without anything inside, one file does. */
function mergeFiles(files: readonly PlacedTasks[]): readonly PlacedTasks[] {
  const filled = files.filter(({ tasks }) => tasks.length > 0);
  if (filled.some(({ place }) => place === "inside")) return filled;
  const tasks = filled.flatMap((file) => file.tasks);
  return tasks.length > 0 ? [{ place: "after", tasks }] : [];
}
