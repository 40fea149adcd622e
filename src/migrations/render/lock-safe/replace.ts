import { isIndexAdded, isIndexDropped, isIndexOperation, toIndex } from "./indexes.js";
import { type Item, moveInside, withNeeds } from "./item.js";

/**
 * Makes one item of an index's drop and of the one that takes its name, or its place as the primary key, so that the new one can be built while the old
 * one stands. Where something has to be done between the two, a unique pair goes into the transaction: outside of it
 * rows that are the same could come in meanwhile.
 */
export function joinReplaced(items: readonly Item[]): readonly Item[] {
  const joined = new Set<Item>();
  for (const added of items) {
    const dropped = [...added.needs].find((needed) => isReplacedBy(needed, added));
    if (!dropped) continue;
    if (canJoin(dropped, added)) joined.add(join(dropped, added, items));
    else if (isUnique(dropped) && isUnique(added)) [dropped, added].forEach(moveInside);
  }
  return items.filter((item) => !joined.has(item));
}

function isReplacedBy({ operation: old }: Item, { operation }: Item): boolean {
  if (!isIndexDropped(old) || !isIndexAdded(operation)) return false;
  const [before, after] = [toIndex(old), toIndex(operation)];
  const isOneKey = before.constraint === "primary key" && after.constraint === "primary key";
  return before.table === after.table && (isOneKey || before.index.name === after.index.name);
}

function isUnique({ operation }: Item): boolean {
  return isIndexOperation(operation) && toIndex(operation).index.unique;
}

/** Is there nothing that waits for the drop, and that the new index waits for? */
function canJoin(dropped: Item, added: Item): boolean {
  if (!dropped.canLeave || !added.canLeave) return false;
  const between = withNeeds(added).filter((item) => item !== added && item !== dropped);
  return !between.some((item) => withNeeds(item).includes(dropped));
}

/** What waited for the drop waits for the item of both. Gives the drop, which is none any more. */
function join(dropped: Item, added: Item, items: readonly Item[]): Item {
  if (isIndexDropped(dropped.operation)) added.replaced = dropped.operation;
  for (const needed of dropped.needs) added.needs.add(needed);
  for (const item of items) if (item.needs.delete(dropped) && item !== added) item.needs.add(added);
  return dropped;
}

/**
 * The items in an order in which each comes after what it needs, and outside of the transaction old indexes go when
 * the new ones are there.
 */
export function sortNewFirst(items: readonly Item[]): readonly Item[] {
  const sorted = new Set<Item>();
  const take = (item: Item): void => {
    if (sorted.has(item)) return;
    for (const needed of item.needs) take(needed);
    sorted.add(item);
  };
  const isLate = ({ operation, place }: Item) => place !== "inside" && isIndexDropped(operation);
  items.filter((item) => !isLate(item)).forEach(take);
  items.filter(isLate).forEach(take);
  return [...sorted];
}
