import type { NamedClass } from "../source/class-reader.js";
import {
  areOnOneLine,
  findIndent,
  skipSpaceBackward,
  skipSpaceForward,
  startsLine,
} from "../source/lines.js";
import { ts } from "../source/parser.js";
import type { Style } from "../source/style.js";
import type { Edit } from "./edit.js";

/**
 * The edits that put a member before all others of a class.
 *
 * @param member its lines, indented as at the left margin
 */
export function prependMember(
  text: string,
  declaration: NamedClass,
  member: readonly string[],
  style: Style,
): readonly Edit[] {
  const open = declaration.members.pos - 1;
  const close = declaration.end - 1;
  const outer = style.endOfLine + findIndent(text, open);
  const inner = outer + style.indent;
  const own = member.map((line) => inner + line).join("");
  const [first] = declaration.members;
  if (first === undefined) return [fillBody(text, close, own, outer)];
  if (areOnOneLine(text, open, first.getStart())) {
    return [{ start: open + 1, end: skipSpaceForward(text, open + 1), text: own + inner, fit: true }];
  }
  const start = ts.getTrailingCommentRanges(text, open + 1)?.at(-1)?.end ?? open + 1;
  return [{ start, end: start, text: own + style.endOfLine, fit: true }];
}

function fillBody(text: string, close: number, own: string, outer: string): Edit {
  const start = skipSpaceBackward(text, close);
  const brace = startsLine(text, close) ? text.slice(start, close) : outer;
  return { start, end: close, text: own + brace, fit: true };
}

/**
 * The semicolon that a member needs in a file without them: what follows would otherwise continue it.
 */
export function findEnding(text: string, declaration: NamedClass, style: Style): ";" | "" {
  if (style.semicolons) return ";";
  const [first] = declaration.members;
  const next = first ? text.slice(first.getStart()) : "";
  return /^([[(*<]|in\b|instanceof\b)/.test(next) ? ";" : "";
}
