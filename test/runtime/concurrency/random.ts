/** Numbers from 0 to below 1 that are the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Some of a list, in any order. */
export function pickSome<Item>(random: () => number, list: readonly Item[]): Item[] {
  return list
    .map((item) => ({ item, rank: random() }))
    .filter(({ rank }) => rank < 0.5)
    .toSorted((left, right) => left.rank - right.rank)
    .map(({ item }) => item);
}
