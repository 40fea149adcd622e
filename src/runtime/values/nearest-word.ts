/**
 * The candidate that the word was probably meant to be; undefined where none is near.
 *
 * @example
 * findNearestWord("onwer", ["member", "owner"]); // "owner"
 */
export function findNearestWord(word: string, candidates: readonly string[]): string | undefined {
  // Two letters swapped count as two edits; three letters with two edits are another word.
  const allowed = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const near = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= allowed)
    .map((candidate) => ({ candidate, edits: countEdits(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= allowed)
    .toSorted((left, right) => left.edits - right.edits);
  return near[0]?.candidate;
}

/** How many letters must be added, taken away or replaced to make one word of the other. */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    row = nextRow(row, { letter, to, start: index + 1 });
  }
  return row.at(-1) ?? 0;
}

interface EditStep {
  readonly letter: string;
  readonly to: string;
  readonly start: number;
}

function nextRow(row: readonly number[], { letter, to, start }: EditStep): number[] {
  const next = [start];
  for (let index = 0; index < to.length; index += 1) {
    const [kept = 0, added = 0, taken = 0] = [row[index], row[index + 1], next[index]];
    next.push(Math.min(kept + (to[index] === letter ? 0 : 1), added + 1, taken + 1));
  }
  return next;
}
