import type { Style } from "../source/style.js";

/**
 * A list over lines, as at the left margin.
 *
 * @example
 * renderBlock(style, "identities: {", [`uniqueEmail: ["email"]`], "},");
 */
export function renderBlock(
  { indent, trailingCommas }: Style,
  open: string,
  items: readonly string[],
  close: string,
): readonly string[] {
  const lines = items.map((item, index) => {
    const comma = trailingCommas || index < items.length - 1 ? "," : "";
    return indent + item + comma;
  });
  return [open, ...lines, close];
}

/** Something in braces, on one line. */
export function renderBraces({ bracketSpacing }: Style, inner: string): string {
  return bracketSpacing ? `{ ${inner} }` : `{${inner}}`;
}
