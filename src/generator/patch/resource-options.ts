import { findClass, findDeclaration } from "../source/class-reader.js";
import { resolveExpression } from "../source/constants.js";
import { findProperty, findPropertyValue } from "../source/object-reader.js";
import type { Source } from "../source/parser.js";
import { ts } from "../source/parser.js";
import type { Refusal, Refused } from "./draft.js";
import { refuseMissingClass } from "./refusals.js";

/** What was looked for, or why it cannot be patched. */
export type Found<Value> = { readonly kind: "found"; readonly value: Value } | Refused;

/** The object that a class hands to `resource`, be it a constant of the same file. */
export function findOptions(source: Source, className: string): Found<ts.ObjectLiteralExpression> {
  const declaration = findClass(source, className);
  if (declaration === undefined) return refuseMissingClass(source, className);
  const argument = findDeclaration(source, declaration)?.argument;
  if (argument && ts.isObjectLiteralExpression(argument)) return { kind: "found", value: argument };
  return refuse({
    code: "patch.resource.unreadable",
    message: `What "${className}" hands to resource(…) is not an object that is written out in this file.`,
    hint: "Add the text below where that object is made.",
    node: declaration,
  });
}

/** What a property of an object holds; undefined where there is no such property. */
export function findSection(
  source: Source,
  object: ts.ObjectLiteralExpression,
  name: string,
): Found<ts.Expression | undefined> {
  const property = findProperty(object, name);
  const value = property && findPropertyValue(property);
  if (value) return { kind: "found", value: resolveExpression(source, value) };
  // What a spread brings would be lost if a property of the same name came behind it.
  const spread = object.properties.find((candidate) => ts.isSpreadAssignment(candidate));
  const obstacle = property ?? spread;
  return obstacle ? refuseSection(name, obstacle) : { kind: "found", value: undefined };
}

/** The refusal for a section that cannot be read without running the program. */
export function refuseSection(name: string, node: ts.Node): Refused {
  return refuse({
    code: "patch.section.unreadable",
    message: `The "${name}" are not written out in this file.`,
    hint: "Add the text below where they are made.",
    node,
  });
}

function refuse(refusal: Refusal): Refused {
  return { kind: "refused", refusals: [refusal] };
}
