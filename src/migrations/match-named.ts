import { hasSameContent } from "./canonical-json.js";

interface Named {
  readonly name: string;
}

/** What becomes of things that have a name and cannot be altered: each is kept, renamed, dropped or added. */
export interface NamedMatches<Item extends Named> {
  readonly dropped: readonly Item[];
  readonly added: readonly Item[];
  /** The same under another name, as it was and as it is. */
  readonly renamed: readonly (readonly [Item, Item])[];
}

/**
 * Compares things by name and content, sorted by name, so that the order of declaration changes nothing.
 *
 * @param isDisturbed has one to be dropped and added again even though it stays the same?
 */
export function matchNamed<Item extends Named>(
  before: readonly Item[],
  after: readonly Item[],
  isDisturbed: (item: Item) => boolean = () => false,
): NamedMatches<Item> {
  const { onlyBefore, onlyAfter, inBoth } = compareByName(sortByName(before), sortByName(after));
  const changed = inBoth.filter(([old, item]) => !hasSameContent(old, item) || isDisturbed(old));
  const renamed = findRenamed(onlyBefore, onlyAfter, isDisturbed);
  const taken = new Set(renamed.flat());
  return {
    dropped: [...onlyBefore.filter((item) => !taken.has(item)), ...changed.map(([old]) => old)],
    added: [...onlyAfter.filter((item) => !taken.has(item)), ...changed.map(([, item]) => item)],
    renamed,
  };
}

/** By code unit, so that every machine sorts alike. */
export function sortByName<Item extends Named>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Splits two lists by the names that only one or both of them have, in the order of the lists. */
export function compareByName<Item extends Named>(before: readonly Item[], after: readonly Item[]) {
  const beforeByName = new Map(before.map((item) => [item.name, item]));
  const afterNames = new Set(after.map(({ name }) => name));
  return {
    onlyBefore: before.filter(({ name }) => !afterNames.has(name)),
    onlyAfter: after.filter(({ name }) => !beforeByName.has(name)),
    inBoth: after.flatMap((item): readonly (readonly [Item, Item])[] => {
      const old = beforeByName.get(item.name);
      return old ? [[old, item]] : [];
    }),
  };
}

function findRenamed<Item extends Named>(
  gone: readonly Item[],
  fresh: readonly Item[],
  isDisturbed: (item: Item) => boolean,
): readonly (readonly [Item, Item])[] {
  const open = new Set(fresh);
  return gone.flatMap((old): readonly (readonly [Item, Item])[] => {
    if (isDisturbed(old)) return [];
    const item = [...open].find((other) => hasSameContent({ ...old, name: other.name }, other));
    if (!item) return [];
    open.delete(item);
    return [[old, item]];
  });
}
