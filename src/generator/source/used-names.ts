import type { Source } from "./parser.js";
import { ts } from "./parser.js";

/**
 * Every name that a file uses outside its imports, be it of a value, of a type, or in the link of a comment. Scopes are
 * not told apart: where an inner name hides an import, the import counts as used.
 */
export function findUsedNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  collectNames(source.file, names);
  return names;
}

function collectNames(node: ts.Node, names: Set<string>): void {
  if (ts.isImportDeclaration(node)) return;
  if (ts.isJSDoc(node)) return collectLinks(node, names);
  if (ts.isIdentifier(node) && isUse(node)) names.add(node.text);
  // Unlike `forEachChild`, this enters comments.
  for (const child of node.getChildren()) collectNames(child, names);
}

/** The compiler, too, takes what a comment links to for used. */
function collectLinks(node: ts.Node, names: Set<string>): void {
  for (const child of node.getChildren()) {
    const collect = ts.isJSDocLinkLike(child) || ts.isJSDocNameReference(child) ? collectNames : collectLinks;
    collect(child, names);
  }
}

/** Does it stand for something, rather than name a member? */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isQualifiedName(parent)) return parent.right !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return !isMember(parent) || parent.name !== node;
}

function isMember(node: ts.Node): node is ts.ObjectLiteralElementLike | ts.ClassElement | ts.TypeElement {
  return ts.isObjectLiteralElementLike(node) || ts.isClassElement(node) || ts.isTypeElement(node);
}
