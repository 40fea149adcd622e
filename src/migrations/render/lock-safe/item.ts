import { factsOf } from "../../operation-facts.js";
import { findTable } from "../../operation-subject.js";
import type { Operation, OperationKind, OperationOf } from "../../operation.js";
import { findConstraint } from "../start.js";
import type { IndexOperation } from "./indexes.js";
import { onlyLooksAtRows } from "./split.js";
import { usesNewWords } from "./used-words.js";

export type Place = "before" | "inside" | "after";

/** An operation, or a part of one, that goes into one of the files. */
export interface Item {
  readonly operation: Operation;
  /** Is it a constraint of a table that was there, which can come without a look at the rows? */
  readonly hasHalves: boolean;
  /** What has to be done before it. */
  readonly needs: Set<Item>;
  /** Can it be done without a transaction? */
  canLeave: boolean;
  place: Place;
  /** The drop of the index that has its name until then. */
  replaced?: IndexOperation;
}

/** An item for each operation, with what it needs of those before it. */
export function buildItems(
  operations: readonly Operation[],
  isOld: (operation: Operation) => boolean,
): readonly Item[] {
  const items = operations.map((operation) => buildItem(operation, operations, isOld(operation)));
  linkNeeds(items);
  return items;
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

/** It has to be done in the transaction. */
export function moveInside(item: Item): void {
  item.place = "inside";
  item.canLeave = false;
}

/** The item and all that has to be done before it. */
export function withNeeds(item: Item): readonly Item[] {
  const found = new Set([item]);
  // A set is walked to its end, whatever is added on the way.
  for (const each of found) for (const needed of each.needs) found.add(needed);
  return [...found];
}
