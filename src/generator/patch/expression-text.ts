import { findLists } from "../source/lists.js";
import { parseSource, ts } from "../source/parser.js";
import type { Style } from "../source/style.js";
import type { Edit } from "./edit.js";
import { applyEdits } from "./edit.js";

/** What names of ashlar and of the project are called in the file that is patched. */
export type Locals = ReadonlyMap<string, string>;

const prefix = "(";

/** An expression as a node, and the text that its offsets refer to. */
export function parseExpression(expression: string): { readonly node: ts.Expression; readonly text: string } {
  const { file, text } = parseSource(`${prefix}${expression})`, "expression.ts");
  const [statement] = file.statements;
  if (
    !statement ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  ) {
    throw new TypeError(`Not an expression: ${expression}`);
  }
  return { node: statement.expression.expression, text };
}

/**
 * An expression with the quotes and braces of a file and its names for things.
 *
 * @param expression on one line, in double quotes
 * @example
 * styleExpression(`hasMany(() => Task, { destinationAttribute: "userId" })`, style, new Map([["Task", "Work"]]));
 * // `hasMany(() => Work, { destinationAttribute: 'userId' })`, in a file that has single quotes
 */
export function styleExpression(expression: string, style: Style, locals: Locals): string {
  const { node, text } = parseExpression(expression);
  const edits: Edit[] = [];
  collectEdits(node, text, style, locals, edits);
  return applyEdits(text, edits).slice(prefix.length, -1);
}

function collectEdits(node: ts.Node, text: string, style: Style, locals: Locals, edits: Edit[]): void {
  edits.push(...styleNode(node, text, style, locals));
  node.forEachChild((child) => collectEdits(child, text, style, locals, edits));
}

function styleNode(node: ts.Node, text: string, style: Style, locals: Locals): readonly Edit[] {
  const start = node.getStart();
  if (ts.isStringLiteral(node))
    return [{ start, end: node.end, text: quoteString(node.getText(), style.quote) }];
  const local = ts.isIdentifier(node) && isReference(node) ? locals.get(node.text) : undefined;
  if (local !== undefined) {
    const text = ts.isShorthandPropertyAssignment(node.parent) ? `${node.getText()}: ${local}` : local;
    return [{ start, end: node.end, text }];
  }
  const [list] = style.bracketSpacing ? [] : findLists(node);
  if (!list?.braces || list.elements.length === 0) return [];
  const first = list.elements[0]?.getStart() ?? list.open + 1;
  return [
    { start: list.open + 1, end: first, text: "" },
    { start: list.elements.end, end: list.close, text: "" },
  ].filter((edit) => text.slice(edit.start, edit.end).trim() === "");
}

/** Does an identifier stand for a value, rather than name a property? */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return true;
}

/**
 * A string literal in the wanted quotes, unless the other ones spare escapes: as Prettier decides it.
 *
 * @example
 * quoteString(`"it's"`, "'"); // `"it's"`
 */
export function quoteString(literal: string, wanted: Style["quote"]): string {
  const inner = literal.slice(1, -1);
  const other = wanted === '"' ? "'" : '"';
  const quote = countOf(inner, wanted) > countOf(inner, other) ? other : wanted;
  const body = inner.replace(/\\(["'])|\\.|["']/gs, (found, escaped: string | undefined) => {
    const character = escaped ?? found;
    if (character !== '"' && character !== "'") return found;
    return character === quote ? `\\${character}` : character;
  });
  return quote + body + quote;
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}
