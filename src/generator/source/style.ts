import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import { areOnOneLine, findIndent, startsLine } from "./lines.js";
import { findLists } from "./lists.js";

/** How a file is written; text that is added to it is written so too. */
export interface Style {
  readonly endOfLine: "\n" | "\r\n";
  /** One step of indentation: a tab, or so many spaces. */
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  /** Whether the last item of a list over several lines has a comma. */
  readonly trailingCommas: boolean;
  /** `{ a }` rather than `{a}`. */
  readonly bracketSpacing: boolean;
}

/** What a file says for and against a habit, and the steps of indentation it takes, by how often. */
interface Evidence {
  readonly quotes: Map<Style["quote"], number>;
  readonly indents: Map<string, number>;
  readonly semicolons: Map<boolean, number>;
  readonly trailingCommas: Map<boolean, number>;
  readonly bracketSpacing: Map<boolean, number>;
}

/** How a file is written, as far as it says so. */
export type Habits = { readonly [Key in keyof Style]: Style[Key] | undefined };

/**
 * How a file is written, by what most of it does; where it says nothing, as Prettier does by default.
 *
 * @example
 * detectStyle(parseSource("import a from 'a'\r\n", "a.ts"));
 * // { endOfLine: "\r\n", indent: "  ", quote: "'", semicolons: false, trailingCommas: true, bracketSpacing: true }
 */
export function detectStyle(source: Source): Style {
  const habits = detectHabits(source);
  return {
    endOfLine: habits.endOfLine ?? "\n",
    indent: habits.indent ?? "  ",
    quote: habits.quote ?? '"',
    semicolons: habits.semicolons ?? true,
    trailingCommas: habits.trailingCommas ?? true,
    bracketSpacing: habits.bracketSpacing ?? true,
  };
}

/**
 * What a file says of how it is written, by what most of it does; undefined where nothing in it shows.
 *
 * @example
 * detectHabits(parseSource("import a from 'a'\r\n", "a.ts")).indent; // undefined
 */
export function detectHabits(source: Source): Habits {
  const evidence: Evidence = {
    quotes: new Map(),
    indents: new Map(),
    semicolons: new Map(),
    trailingCommas: new Map(),
    bracketSpacing: new Map(),
  };
  visit(source.file, (node) => collectEvidence(source.text, node, evidence));
  return {
    endOfLine: findMost(countEndsOfLine(source.text)),
    indent: findMost(evidence.indents),
    quote: findMost(evidence.quotes),
    semicolons: findMost(evidence.semicolons),
    trailingCommas: findMost(evidence.trailingCommas),
    bracketSpacing: findMost(evidence.bracketSpacing),
  };
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

function countEndsOfLine(text: string): ReadonlyMap<Style["endOfLine"], number> {
  const windows = text.split("\r\n").length - 1;
  const unix = text.split("\n").length - 1 - windows;
  return new Map([
    ["\n", unix],
    ["\r\n", windows],
  ]);
}

function collectEvidence(text: string, node: ts.Node, evidence: Evidence): void {
  // A string that holds a quote says nothing: its quotes were chosen to spare an escape.
  if (ts.isStringLiteral(node) && !/["']/.test(node.text))
    count(evidence.quotes, text.charAt(node.getStart()) === "'" ? "'" : '"');
  if (endsWithSemicolonByHabit(node)) count(evidence.semicolons, text.charAt(node.end - 1) === ";");
  for (const list of findLists(node)) collectListEvidence(text, list, evidence);
  if (ts.isClassElement(node)) collectIndent(text, node.parent.getStart(), node.getStart(), evidence);
}

function collectListEvidence(
  text: string,
  list: ReturnType<typeof findLists>[number],
  evidence: Evidence,
): void {
  const [first] = list.elements;
  if (first === undefined) return;
  if (areOnOneLine(text, list.open, list.close)) {
    if (list.braces) count(evidence.bracketSpacing, text.charAt(list.open + 1) === " ");
    return;
  }
  if (startsLine(text, list.close)) count(evidence.trailingCommas, list.elements.hasTrailingComma === true);
  collectIndent(text, list.open, first.getStart(), evidence);
}

function collectIndent(text: string, parent: number, child: number, evidence: Evidence): void {
  const outer = findIndent(text, parent);
  const inner = findIndent(text, child);
  if (!startsLine(text, child) || inner.length <= outer.length || !inner.startsWith(outer)) return;
  count(evidence.indents, inner.slice(outer.length));
}

function endsWithSemicolonByHabit(node: ts.Node): boolean {
  return (
    ts.isVariableStatement(node) ||
    ts.isExpressionStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isReturnStatement(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function findMost<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  let most: { readonly key?: Key; readonly times: number } = { times: 0 };
  for (const [key, times] of counts) if (times > most.times) most = { key, times };
  return most.key;
}
