import { findImportDeclarations, findSpecifier } from "../source/imports.js";
import { ts } from "../source/parser.js";
import type { Page } from "./draft.js";
import type { Edit } from "./edit.js";

/**
 * Where a new import goes: behind the last one of its kind (packages, aliases, parent folders, this folder), else
 * behind those that come before its kind, else at the head of the file.
 */
export function findImportPlace(page: Page, specifier: string, declaration: string): readonly Edit[] {
  const { source, style } = page;
  const declarations = findImportDeclarations(source);
  const rank = findRank(specifier);
  const ranked = declarations.map((node) => ({ node, rank: findRank(findSpecifier(node)) }));
  const previous =
    ranked.findLast((candidate) => candidate.rank === rank) ??
    ranked.findLast((candidate) => candidate.rank < rank);
  if (previous) {
    const start = findEndWithComment(source.text, previous.node);
    return [{ start, end: start, text: style.endOfLine + declaration }];
  }
  const start = declarations[0]?.getStart() ?? findHead(page);
  const isFollowedByCode = declarations.length === 0 && start < source.text.length;
  const gap = style.endOfLine.repeat(isFollowedByCode ? 2 : 1);
  return [{ start, end: start, text: declaration + gap }];
}

function findRank(specifier: string): number {
  if (specifier.startsWith("node:")) return 0;
  if (/^([@~#]\/|[~#])/.test(specifier)) return 2;
  if (specifier.startsWith("..")) return 3;
  return specifier.startsWith(".") ? 4 : 1;
}

/** A comment behind a statement on its line belongs to it. */
function findEndWithComment(text: string, node: ts.Node): number {
  return ts.getTrailingCommentRanges(text, node.end)?.at(-1)?.end ?? node.end;
}

/** Before the first statement and the comments that belong to it; behind what speaks of the whole file. */
function findHead({ source: { file, text } }: Page): number {
  const directives = file.statements.filter(
    (statement, index) => ts.isExpressionStatement(statement) && isDirective(file, index),
  );
  const next = file.statements[directives.length] ?? file.endOfFileToken;
  const comments = ts.getLeadingCommentRanges(text, next.pos) ?? [];
  const own = comments.slice(comments.findLastIndex((comment) => isOfFile(text, comment)) + 1);
  return own[0]?.pos ?? next.getStart();
}

function isDirective(file: ts.SourceFile, index: number): boolean {
  return file.statements
    .slice(0, index + 1)
    .every((statement) => ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression));
}

function isOfFile(text: string, { pos, end }: ts.CommentRange): boolean {
  const isApart = /^[ \t]*(\r?\n)[ \t]*(\r?\n)/.test(text.slice(end));
  return isApart || /^(\/\/\/|\/\*!|\/[/*]\s*(@ts-|eslint|prettier|biome|oxlint))/.test(text.slice(pos, end));
}
