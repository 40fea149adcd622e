/**
 * Where each operation goes so that no table that others use is locked for long.
 *
 * PostgreSQL makes an index beside the writes of others only outside of a transaction, and a constraint that is added
 * and checked in one transaction keeps them waiting for all of the check. So a migration becomes up to three files: what
 * is done outside before the rest, the rest in a transaction, and what is done outside after it.
 *
 * Whatever is better done outside goes after. Where something inside needs it done (a column can be dropped once its
 * index is), it goes before, together with what it needs itself. Where that is impossible it stays inside, which is
 * right and takes a longer lock. The order among operations of one file stays.
 */
import { factsOf } from "../../operation-facts.js";
import type { Operation, OperationKind, OperationOf } from "../../operation.js";
import type { Task } from "../task.js";
import { findTable } from "../../operation-subject.js";
import { findConstraint } from "../start.js";
import { onlyLooksAtRows, splitOperation } from "./split.js";
import { usesNewWords } from "./used-words.js";

export type Place = "before" | "inside" | "after";

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
  const items = parts.map((operation) => buildItem(operation, parts, isOld(operation)));
  linkNeeds(items);
  settle(items);
  const files = [tasksAt(items, "before"), tasksAt(items, "inside"), tasksAt(items, "after")];
  return mergeFiles(files);
}

interface Item {
  readonly operation: Operation;
  /** Is it a constraint of a table that was there, which can come without a look at the rows? */
  readonly hasHalves: boolean;
  /** What has to be done before it. */
  readonly needs: Set<Item>;
  /** Can it be done without a transaction? */
  canLeave: boolean;
  place: Place;
}

/** Does the operation change a table that was there before and stays? */
function findOldTables(operations: readonly Operation[]): (operation: Operation) => boolean {
  const fresh = new Set(
    operations.filter(({ kind }) => kind === "createTable" || kind === "dropTable").map(findTable),
  );
  return (operation) => {
    const table = findTable(operation);
    return table !== undefined && !fresh.has(table);
  };
}

const outsideKinds: readonly OperationKind[] = [
  "addIndex",
  "dropIndex",
  "addPrimaryKey",
  "dropPrimaryKey",
  "dropForeignKey",
  "dropCheck",
  "fillColumn",
];

function buildItem(operation: Operation, all: readonly Operation[], isOld: boolean): Item {
  const prefersOutside = isOld && (outsideKinds.includes(operation.kind) || isLook(operation));
  const isWord = operation.kind === "addEnumValues" && isUsed(operation, all);
  const isConstraint = operation.kind === "addForeignKey" || operation.kind === "addCheck";
  return {
    operation,
    hasHalves: isOld && findConstraint(operation) !== undefined,
    needs: new Set(),
    canLeave: prefersOutside || isWord || (isOld && isConstraint),
    place: isWord ? "before" : prefersOutside ? "after" : "inside",
  };
}

function isLook(operation: Operation): boolean {
  return operation.kind === "alterColumn" && onlyLooksAtRows(operation);
}

function isUsed(operation: OperationOf<"addEnumValues">, all: readonly Operation[]): boolean {
  return usesNewWords(
    operation.before,
    operation.after,
    all.filter((other) => other !== operation),
  );
}

/** Every item needs those before it that provide what it requires, and the renamings that its names come from. */
function linkNeeds(items: readonly Item[]): void {
  const providers = new Map<string, Item[]>();
  const renamings: Item[] = [];
  for (const item of items) {
    const { provides, requires } = factsOf(item.operation);
    for (const needed of requires.flatMap((fact) => providers.get(fact) ?? [])) item.needs.add(needed);
    for (const other of renamings) if (isNamedAfter(item.operation, other.operation)) item.needs.add(other);
    for (const fact of provides) providers.set(fact, [...(providers.get(fact) ?? []), item]);
    if (isRenaming(item.operation)) renamings.push(item);
  }
}

function isRenaming({ kind }: Operation): boolean {
  return kind === "renameColumn" || kind === "renameTable";
}

/** The operation names the columns as they are called after the renaming, on the way back too. */
function isNamedAfter(operation: Operation, renaming: Operation): boolean {
  const references = "foreignKey" in operation ? [operation.foreignKey.references.table] : [];
  return [findTable(operation), ...references].includes(findTable(renaming));
}

/**
 * Moves items until none needs another that comes later. What is brought back into the transaction stays there, and what
 * goes before takes along all that it needs, so this ends.
 */
function settle(items: readonly Item[]): void {
  const pairs = items.flatMap((item) => [...item.needs].map((needed) => [item, needed] as const));
  for (let moved = 1; moved > 0;) moved = pairs.filter(([item, needed]) => settlePair(item, needed)).length;
}

/** True where something moved. */
function settlePair(item: Item, needed: Item): boolean {
  if (rank(item) >= rank(needed)) return false;
  if (needed.place === "after" && item.canLeave) item.place = "after";
  else if (needed.place === "after") moveBefore(needed);
  else moveInside(item);
  return true;
}

function moveInside(item: Item): void {
  item.place = "inside";
  item.canLeave = false;
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

function withNeeds(item: Item): readonly Item[] {
  const found = new Set([item]);
  // A set is walked to its end, whatever is added on the way.
  for (const each of found) for (const needed of each.needs) found.add(needed);
  return [...found];
}

const ranks = { before: 0, inside: 1, after: 2 } as const;

function rank({ place }: Item): number {
  return ranks[place];
}

/** What brings a constraint inside the transaction leaves the look at the rows for after. */
function tasksAt(items: readonly Item[], place: Place): PlacedTasks {
  const tasks = items.flatMap(({ operation, hasHalves, ...item }): readonly Task[] => {
    const isHalved = item.place === "inside" && hasHalves;
    if (item.place === place) return [{ operation, part: isHalved ? "start" : "whole" }];
    return isHalved && place === "after" ? [{ operation, part: "finish" }] : [];
  });
  return { place, tasks };
}

/** Without anything inside, one file does. */
function mergeFiles(files: readonly PlacedTasks[]): readonly PlacedTasks[] {
  const filled = files.filter(({ tasks }) => tasks.length > 0);
  if (filled.some(({ place }) => place === "inside")) return filled;
  const tasks = filled.flatMap((file) => file.tasks);
  return tasks.length > 0 ? [{ place: "after", tasks }] : [];
}
