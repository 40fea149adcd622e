import { ts } from "./parser.js";

/** A list between brackets: the properties of an object, the elements of an array, the names of an import, arguments. */
export interface List {
  readonly kind: "object" | "array" | "names" | "arguments";
  /** Offset of the opening bracket. */
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  readonly elements: ts.NodeArray<ts.Node>;
  /** Is it written between braces? */
  readonly braces: boolean;
}

/** The list that a node is, or none: an array, so that it reads well in a loop. */
export function findLists(node: ts.Node): readonly List[] {
  if (ts.isObjectLiteralExpression(node)) return [buildList("object", node.properties, node.end)];
  if (ts.isArrayLiteralExpression(node)) return [buildList("array", node.elements, node.end)];
  if (ts.isNamedImports(node)) return [buildList("names", node.elements, node.end)];
  if (ts.isCallExpression(node)) return [buildList("arguments", node.arguments, node.end)];
  return [];
}

/** The list that an object literal is. */
export function findPropertyList(node: ts.ObjectLiteralExpression): List {
  return buildList("object", node.properties, node.end);
}

/** The list that an array literal is. */
export function findElementList(node: ts.ArrayLiteralExpression): List {
  return buildList("array", node.elements, node.end);
}

/** The list of names that an import takes. */
export function findNameList(node: ts.NamedImports): List {
  return buildList("names", node.elements, node.end);
}

// A list of the parser starts right behind its opening bracket, and its owner ends right behind the closing one.
function buildList(kind: List["kind"], elements: ts.NodeArray<ts.Node>, end: number): List {
  return {
    kind,
    open: elements.pos - 1,
    close: end - 1,
    elements,
    braces: kind === "object" || kind === "names",
  };
}
