import type { Source } from "./parser.js";
import { ts } from "./parser.js";

/** An expression without the parentheses, `as`, `satisfies`, `!` and `<…>` around it. */
export function unwrapExpression(expression: ts.Expression): ts.Expression {
  return isWrapper(expression) ? unwrapExpression(expression.expression) : expression;
}

/**
 * The expression that another stands for: unwrapped, and constants of the same file replaced by what they hold.
 * A name that is no such constant stays a name.
 */
export function resolveExpression(source: Source, expression: ts.Expression): ts.Expression {
  return resolve(source, expression, new Set());
}

function resolve(source: Source, expression: ts.Expression, met: Set<string>): ts.Expression {
  const inner = unwrapExpression(expression);
  if (!ts.isIdentifier(inner) || met.has(inner.text)) return inner;
  met.add(inner.text);
  const held = findConstant(source, inner.text);
  return held === undefined ? inner : resolve(source, held, met);
}

/** The string that an expression stands for, or undefined where only running the program would tell. */
export function readString(source: Source, expression: ts.Expression): string | undefined {
  const held = resolveExpression(source, expression);
  return ts.isStringLiteralLike(held) ? held.text : undefined;
}

/** What a `const` at the top of the file holds. */
function findConstant(source: Source, name: string): ts.Expression | undefined {
  for (const statement of source.file.statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const))
      continue;
    const found = statement.declarationList.declarations.find(
      (declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name,
    );
    if (found) return found.initializer;
  }
  return undefined;
}

function isWrapper(
  node: ts.Expression,
): node is
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}
