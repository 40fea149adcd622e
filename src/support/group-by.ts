/**
 * Things that have the same key, in the order in which they are met.
 *
 * @example
 * groupBy(["ada", "bob", "alan"], (name) => name[0]); // Map { "a" => ["ada", "alan"], "b" => ["bob"] }
 */
export function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
