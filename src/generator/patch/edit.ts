/** One replacement in a text: an insertion where `start` is `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Are the lines that this text stands on to be broken where they get too long? */
  readonly fit?: boolean;
}

/** A part of a text, told by how much of the text stands before and after it: it keeps its place while it changes. */
export interface Region {
  readonly before: number;
  readonly after: number;
}

/**
 * Applies edits that do not overlap; those at the same place, in the given order.
 *
 * @example
 * applyEdits("a c", [{ start: 2, end: 2, text: "b " }]); // "a b c"
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((left, right) => left.start - right.start);
  let done = 0;
  let result = "";
  for (const { start, end, text: inserted } of ordered) {
    result += text.slice(done, start) + inserted;
    done = end;
  }
  return result + text.slice(done);
}

/** Where the text of one edit stands once all are applied, its outer white space left out. */
export function findRegion(text: string, edits: readonly Edit[], edit: Edit): Region {
  const growth = (others: readonly Edit[]): number =>
    others.reduce((sum, { start, end, text: inserted }) => sum + inserted.length - (end - start), 0);
  const at = edits.indexOf(edit);
  const isEarlier = (other: Edit, index: number): boolean =>
    other.start < edit.start || (other.start === edit.start && index < at);
  const earlier = edits.filter(isEarlier);
  const later = edits.filter((other, index) => other !== edit && !isEarlier(other, index));
  return {
    before: edit.start + growth(earlier) + (edit.text.length - edit.text.trimStart().length),
    after: text.length - edit.end + growth(later) + (edit.text.length - edit.text.trimEnd().length),
  };
}
