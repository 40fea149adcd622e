import { areOnOneLine, findIndent, skipSpaceBackward, startsLine } from "../source/lines.js";
import type { List } from "../source/lists.js";
import type { Style } from "../source/style.js";
import type { Edit } from "./edit.js";

/**
 * The edits that append items to a list: behind the last one, each on its own line where the list is written so.
 * A comma that was missing is added; nothing else of the list moves.
 *
 * @param items each on one line, without a comma
 */
export function appendItems(
  text: string,
  list: List,
  items: readonly string[],
  style: Style,
): readonly Edit[] {
  if (!areOnOneLine(text, list.open, list.close) && startsLine(text, list.close)) {
    return appendLines(text, list, items, style);
  }
  return list.elements.length === 0
    ? fillList(text, list, items, style)
    : extendLine(text, list, items, style);
}

/** The closing bracket has a line of its own: so has each new item. */
function appendLines(text: string, list: List, items: readonly string[], style: Style): readonly Edit[] {
  const { elements, close } = list;
  const last = elements.at(-1);
  const indent =
    last && startsLine(text, last.getStart())
      ? findIndent(text, last.getStart())
      : findIndent(text, close) + style.indent;
  const trailing = last ? elements.hasTrailingComma === true : style.trailingCommas;
  const end = skipSpaceBackward(text, close);
  const lines = items.map((item) => style.endOfLine + indent + item).join(",");
  return [...addMissingComma(list), { start: end, end, text: lines + (trailing ? "," : ""), fit: true }];
}

function addMissingComma({ elements }: List): readonly Edit[] {
  const last = elements.at(-1);
  if (last === undefined || elements.hasTrailingComma) return [];
  return [{ start: last.end, end: last.end, text: "," }];
}

/** Nothing in it yet, but perhaps a comment. An object is opened over lines, as it has come to stay. */
function fillList(text: string, list: List, items: readonly string[], style: Style): readonly Edit[] {
  const { open, close, kind } = list;
  const start = Math.max(open + 1, skipSpaceBackward(text, close));
  if (kind !== "object") {
    const space = start > open + 1 || (list.braces && style.bracketSpacing) ? " " : "";
    const after = list.braces && style.bracketSpacing ? " " : "";
    return [{ start, end: close, text: space + items.join(", ") + after, fit: true }];
  }
  const outer = style.endOfLine + findIndent(text, open);
  const lines = items.map((item) => outer + style.indent + item).join(",");
  return [{ start, end: close, text: lines + (style.trailingCommas ? "," : "") + outer, fit: true }];
}

/** The list ends on the line of its last item: the new ones follow there. */
function extendLine(text: string, list: List, items: readonly string[], style: Style): readonly Edit[] {
  const { elements, open, close } = list;
  const start = skipSpaceBackward(text, close);
  const separator = areOnOneLine(text, open, close)
    ? " "
    : style.endOfLine + findIndent(text, elements.at(-1)?.getStart() ?? open);
  const comma = elements.hasTrailingComma ? "" : ",";
  const added = comma + items.map((item) => separator + item).join(",");
  return [{ start, end: start, text: added, fit: true }];
}
