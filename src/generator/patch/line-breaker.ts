import {
  findLineEnd,
  findLineStart,
  skipSpaceBackward,
  skipSpaceForward,
  findIndent,
} from "../source/lines.js";
import type { List } from "../source/lists.js";
import { findLists } from "../source/lists.js";
import type { Source } from "../source/parser.js";
import { parseSource, ts } from "../source/parser.js";
import type { Style } from "../source/style.js";
import type { Edit, Region } from "./edit.js";
import { applyEdits } from "./edit.js";

// Lines are broken as Prettier breaks them: the outermost thing that can be spread over lines first, then, if a line
// is still too long, what stands inside it. Only lines that the patch wrote on are looked at.

/** How wide a line may be, and how wide a tab counts. */
export interface Measure {
  readonly printWidth: number;
  readonly tabWidth: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

interface Page {
  readonly source: Source;
  readonly style: Style;
  readonly measure: Measure;
}

/**
 * Breaks the lines of a region that are too long.
 *
 * @returns the text with the region's lists and chains spread over lines where they must be
 */
export function breakLines(
  text: string,
  path: string,
  region: Region,
  layout: { readonly style: Style; readonly measure: Measure },
): string {
  const page = { source: parseSource(text, path), ...layout };
  const edits = findBreak(page, region);
  if (edits === undefined) return text;
  const [first, last] = [edits[0]?.start ?? 0, edits.at(-1)?.end ?? 0];
  const wider = {
    before: Math.min(region.before, first),
    after: Math.min(region.after, text.length - last),
  };
  return breakLines(applyEdits(text, edits), path, wider, layout);
}

function findBreak(page: Page, region: Region): readonly Edit[] | undefined {
  const { text, file } = page.source;
  const end = text.length - region.after;
  for (let start = findLineStart(text, region.before); start < end;) {
    const line = { start, end: findLineEnd(text, start) };
    const edits = breakNode(page, file, line, region);
    if (edits) return edits;
    start = line.end + 1;
  }
  return undefined;
}

/** The first thing that can be spread over lines, from the outside in; nodes that the patch left alone are skipped. */
function breakNode(page: Page, node: ts.Node, line: Line, region: Region): readonly Edit[] | undefined {
  const { text } = page.source;
  const touched = node.end > region.before && node.pos < text.length - region.after;
  if (!touched || node.end <= line.start || node.pos >= line.end) return undefined;
  const edits = breakChain(page, node, line) ?? breakList(page, node, line);
  return edits ?? ts.forEachChild(node, (child) => breakNode(page, child, line, region));
}

function breakList(page: Page, node: ts.Node, line: Line): readonly Edit[] | undefined {
  if (!isTooLong(page, line)) return undefined;
  const [list] = findLists(node);
  if (list === undefined || list.open < line.start || list.close >= line.end) return undefined;
  if (isKeptWhole(page, list, line)) return undefined;
  return spreadList(page, list);
}

// An import of one name stays on its line; a call whose last argument can open on its line lets that break instead, and
// so does one whose own bracket comes too late: what it is called on breaks.
function isKeptWhole(page: Page, list: List, line: Line): boolean {
  const last = list.elements.at(-1);
  if (last === undefined || isOnlyName(list)) return true;
  if (list.kind !== "arguments") return false;
  if (!isWithin(page, line, list.open)) return true;
  const [inner] =
    ts.isObjectLiteralExpression(last) || ts.isArrayLiteralExpression(last) ? findLists(last) : [];
  if (inner === undefined || inner.elements.length === 0) return false;
  return isWithin(page, line, inner.open);
}

function isOnlyName({ kind, elements }: List): boolean {
  const clause = elements[0]?.parent.parent;
  return kind === "names" && elements.length === 1 && !!clause && ts.isImportClause(clause) && !clause.name;
}

function spreadList({ source: { text }, style }: Page, { open, close, elements }: List): readonly Edit[] {
  const outer = style.endOfLine + findIndent(text, open);
  const inner = outer + style.indent;
  const starts = elements.map((element, index) => (index === 0 ? open + 1 : element.pos));
  const comma = style.trailingCommas && !elements.hasTrailingComma ? "," : "";
  const last = elements.at(-1)?.end ?? open;
  return [
    ...starts.map((start) => ({ start, end: skipSpaceForward(text, start), text: inner })),
    { start: last, end: last, text: comma },
    { start: skipSpaceBackward(text, close), end: close, text: outer },
  ];
}

function breakChain(page: Page, node: ts.Node, line: Line): readonly Edit[] | undefined {
  const { text } = page.source;
  const calls = findChain(node);
  const starts = calls.map(({ expression }) => expression.expression.end);
  if (starts.length < 2 || node.getStart() < line.start || node.end > line.end) return undefined;
  if (!isTooLong(page, line) && !calls.some(takesFunction)) return undefined;
  const indent = page.style.endOfLine + findIndent(text, line.start) + page.style.indent;
  return starts.reverse().map((start) => ({ start, end: skipSpaceForward(text, start), text: indent }));
}

type DottedCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

/** The calls of `a().b().c()` that stand behind a dot, outermost first. */
function findChain(node: ts.Node): DottedCall[] {
  if (!isDottedCall(node) || !ts.isCallExpression(node.expression.expression)) return [];
  return [node, ...findChain(node.expression.expression)];
}

function isDottedCall(node: ts.Node): node is DottedCall {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
}

function takesFunction(call: DottedCall): boolean {
  return call.arguments.some((argument) => ts.isArrowFunction(argument) && !ts.isBlock(argument.body));
}

/** Does the line reach a bracket before it gets too long? */
function isWithin(page: Page, line: Line, open: number): boolean {
  return measureWidth(page, line.start, open + 1) <= page.measure.printWidth;
}

function isTooLong(page: Page, line: Line): boolean {
  return measureWidth(page, line.start, line.end) > page.measure.printWidth;
}

function measureWidth({ source, measure }: Page, start: number, end: number): number {
  return source.text.slice(start, end).replaceAll("\t", " ".repeat(measure.tabWidth)).length;
}
