/** Offset of the first character of the line that holds `offset`. */
export function findLineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/** Offset of the line break (or the end of the text) that ends the line that holds `offset`. */
export function findLineEnd(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/);
  return found === -1 ? text.length : offset + found;
}

/** The white space that the line of `offset` starts with. */
export function findIndent(text: string, offset: number): string {
  const line = text.slice(findLineStart(text, offset), findLineEnd(text, offset)).replace(/^\uFEFF/, "");
  return /^[\t ]*/.exec(line)?.[0] ?? "";
}

/** Is there nothing but white space before `offset` on its line? */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(findLineStart(text, offset), offset).trim() === "";
}

/** Do two offsets, in ascending order, stand on one line? */
export function areOnOneLine(text: string, start: number, end: number): boolean {
  return !/[\r\n]/.test(text.slice(start, end));
}

/** The end of the last thing before `offset` that is no white space. */
export function skipSpaceBackward(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length;
}

/** The start of the first thing from `offset` on that is no white space. */
export function skipSpaceForward(text: string, offset: number): number {
  const found = text.slice(offset).search(/\S/);
  return found === -1 ? text.length : offset + found;
}
