/**
 * Splits at a separator that stands outside parentheses, and trims the parts.
 *
 * @example
 * splitOutsideParentheses("price:decimal(10,2),name:string", ","); // ["price:decimal(10,2)", "name:string"]
 */
export function splitOutsideParentheses(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === "(") depth++;
    else if (character === ")") depth--;
    else if (character === separator && depth <= 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim());
}

/** Every entry of a repeatable, comma-separated flag; empty entries (a trailing comma) are dropped. */
export function splitList(occurrences: readonly string[]): string[] {
  return occurrences.flatMap((text) => splitOutsideParentheses(text, ",")).filter((entry) => entry !== "");
}

/** `decimal(10,2)` as its word and arguments; undefined where the parentheses do not match. */
export function parseCall(text: string): { readonly word: string; readonly args?: string } | undefined {
  const match = /^([^()]*)(?:\(([\s\S]*)\))?$/.exec(text);
  if (!match) return undefined;
  const [, word = "", args] = match;
  return args === undefined ? { word } : { word, args };
}
