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
import type { Operation, OperationKind } from "../../operation.js";
import type { Task } from "../task.js";
import { tableOf } from "../operation-table.js";
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
  settle(items);
  const files = [tasksAt(items, "before"), tasksAt(items, "inside"), tasksAt(items, "after")];
  return mergeFiles(files);
}

interface Item {
  readonly operation: Operation;
  readonly provides: ReadonlySet<string>;
  readonly requires: readonly string[];
  /** Can it be done without a transaction? */
  readonly canLeave: boolean;
  place: Place;
}

/** Does the operation change a table that was there before and stays? */
function findOldTables(operations: readonly Operation[]): (operation: Operation) => boolean {
  const fresh = new Set(
    operations.filter(({ kind }) => kind === "createTable" || kind === "dropTable").map(tableOf),
  );
  return (operation) => {
    const table = tableOf(operation);
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
  const { provides, requires } = factsOf(operation);
  const prefersOutside = isOld && (outsideKinds.includes(operation.kind) || isLook(operation));
  const isWord = operation.kind === "addEnumValues" && isUsed(operation, all);
  const halves = isOld && (operation.kind === "addForeignKey" || operation.kind === "addCheck");
  return {
    operation,
    provides: new Set(provides),
    requires,
    canLeave: prefersOutside || isWord || halves,
    place: isWord ? "before" : prefersOutside ? "after" : "inside",
  };
}

function isLook(operation: Operation): boolean {
  return operation.kind === "alterColumn" && onlyLooksAtRows(operation);
}

function isUsed(
  operation: Extract<Operation, { kind: "addEnumValues" }>,
  all: readonly Operation[],
): boolean {
  return usesNewWords(
    operation.before,
    operation.after,
    all.filter((other) => other !== operation),
  );
}

/** Moves items until none needs another that comes later: each moves twice at most, so this ends. */
function settle(items: readonly Item[]): void {
  while (
    items.some((item, position) => items.slice(0, position).some((needed) => settlePair(item, needed, items)))
  );
}

/** True where something moved. */
function settlePair(item: Item, needed: Item, items: readonly Item[]): boolean {
  if (!needs(item, needed) || rank(item) >= rank(needed)) return false;
  if (needed.place === "after" && item.canLeave) item.place = "after";
  else if (needed.place === "after") moveBefore(needed, items);
  else moveInside(item);
  return true;
}

function moveInside(item: Item): void {
  item.place = "inside";
}

function moveBefore(item: Item, items: readonly Item[]): void {
  const all = withNeeds(item, items);
  if (all.every(({ canLeave }) => canLeave)) for (const each of all) each.place = "before";
  else moveInside(item);
}

function withNeeds(item: Item, items: readonly Item[]): readonly Item[] {
  const earlier = items.slice(0, items.indexOf(item)).filter((other) => needs(item, other));
  return [item, ...earlier.flatMap((other) => withNeeds(other, items))];
}

function needs(item: Item, other: Item): boolean {
  return (
    item.requires.some((fact) => other.provides.has(fact)) || isNamedAfter(item.operation, other.operation)
  );
}

/** The operation names the columns as they are called after the renaming, on the way back too. */
function isNamedAfter(operation: Operation, other: Operation): boolean {
  if (other.kind !== "renameColumn" && other.kind !== "renameTable") return false;
  const renamed = tableOf(other);
  const references = "foreignKey" in operation ? [operation.foreignKey.references.table] : [];
  return [tableOf(operation), ...references].includes(renamed);
}

const ranks = { before: 0, inside: 1, after: 2 } as const;

function rank({ place }: Item): number {
  return ranks[place];
}

/** What brings a constraint inside the transaction leaves the look at the rows for after. */
function tasksAt(items: readonly Item[], place: Place): PlacedTasks {
  const tasks = items.flatMap(({ operation, ...item }): readonly Task[] => {
    const isHalved = item.place === "inside" && isConstraintOnOld(operation, items);
    if (item.place === place) return [{ operation, part: isHalved ? "start" : "whole" }];
    return isHalved && place === "after" ? [{ operation, part: "finish" }] : [];
  });
  return { place, tasks };
}

function isConstraintOnOld(operation: Operation, items: readonly Item[]): boolean {
  return (
    findConstraint(operation) !== undefined && findOldTables(items.map((item) => item.operation))(operation)
  );
}

/** Without anything inside, one file does. */
function mergeFiles(files: readonly PlacedTasks[]): readonly PlacedTasks[] {
  const filled = files.filter(({ tasks }) => tasks.length > 0);
  if (filled.some(({ place }) => place === "inside")) return filled;
  const tasks = filled.flatMap((file) => file.tasks);
  return tasks.length > 0 ? [{ place: "after", tasks }] : [];
}
