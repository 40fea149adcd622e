import { resolveExpression, unwrapExpression } from "../source/constants.js";
import { findPropertyName } from "../source/object-reader.js";
import type { Source } from "../source/parser.js";
import { ts } from "../source/parser.js";

/**
 * What an expression means, as text: the same for two expressions that differ only in layout, quotes, comments,
 * parentheses, the order of an object's keys or the form of a function.
 */
export function describeMeaning(node: ts.Node): string {
  if (ts.isExpression(node)) {
    const inner = unwrapExpression(node);
    if (inner !== node) return describeMeaning(inner);
  }
  if (ts.isStringLiteralLike(node)) return JSON.stringify(node.text);
  if (ts.isNumericLiteral(node)) return String(Number(node.text.replaceAll("_", "")));
  if (ts.isObjectLiteralExpression(node)) return describeObject(node);
  if (ts.isArrayLiteralExpression(node)) return `[${describeAll(node.elements)}]`;
  if (ts.isCallExpression(node)) return describeCall(node);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return describeFunction(node);
  return describeParts(node);
}

/** Do two expressions mean the same? Constants of the file stand for what they hold. */
export function isSameMeaning(source: Source, written: ts.Expression, wanted: ts.Expression): boolean {
  return describeMeaning(resolveExpression(source, written)) === describeMeaning(wanted);
}

function describeObject(node: ts.ObjectLiteralExpression): string {
  const properties = node.properties.map(describeProperty);
  // What a spread brings may be overridden by what follows it, and by nothing before: order counts there.
  const ordered = node.properties.some((property) => ts.isSpreadAssignment(property))
    ? properties
    : properties.sort();
  return `{${ordered.join(",")}}`;
}

function describeProperty(node: ts.ObjectLiteralElementLike): string {
  const name = findPropertyName(node.name);
  if (name === undefined) return describeParts(node);
  if (ts.isPropertyAssignment(node)) return `${JSON.stringify(name)}:${describeMeaning(node.initializer)}`;
  if (ts.isShorthandPropertyAssignment(node)) return `${JSON.stringify(name)}:${describeMeaning(node.name)}`;
  return describeParts(node);
}

function describeCall({ expression, typeArguments, arguments: given }: ts.CallExpression): string {
  const types = typeArguments ? `<${describeAll(typeArguments)}>` : "";
  return `${describeMeaning(expression)}${types}(${describeAll(given)})`;
}

function describeAll(nodes: readonly ts.Node[]): string {
  return nodes.map(describeMeaning).join(",");
}

function describeFunction(node: ts.ArrowFunction | ts.FunctionExpression): string {
  const result = findResult(node.body);
  const plain = node.parameters.length === 0 && !node.modifiers && !node.type && result;
  return plain ? `()=>${describeMeaning(result)}` : describeParts(node);
}

/** What a function gives, where it does nothing else. */
function findResult(body: ts.ConciseBody): ts.Expression | undefined {
  if (!ts.isBlock(body)) return body;
  const [first] = body.statements;
  return first && ts.isReturnStatement(first) ? first.expression : undefined;
}

function describeParts(node: ts.Node): string {
  const parts: string[] = [];
  node.forEachChild((child) => void parts.push(describeMeaning(child)));
  if (parts.length === 0) return node.getText();
  const operator = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node) ? node.operator : "";
  return `${ts.SyntaxKind[node.kind]}${operator}(${parts.join(",")})`;
}
