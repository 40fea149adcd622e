import { closest, distance } from "fastest-levenshtein";

/** The candidate that the word was probably meant to be; undefined where none is near. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(word.toLowerCase(), [...candidates]);
  // Two letters swapped count as two edits; three letters with two edits are another word.
  const allowed = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= allowed ? nearest : undefined;
}

/** `Did you mean "uuid"?` or, where nothing is near, the sentence that lists what there is. */
export function suggest(word: string, candidates: readonly string[], listing: string): string {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? listing : `Did you mean "${nearest}"? ${listing}`;
}
