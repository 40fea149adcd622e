import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import { resolveExpression } from "./constants.js";

/** The name that a property is known by before the program runs; undefined for a computed one. */
export function findPropertyName(name: ts.PropertyName | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isComputedPropertyName(name)) {
    return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
  }
  return name.text;
}

/** The property of an object literal with that name, whichever form it has. */
export function findProperty(
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find((property) => findPropertyName(property.name) === name);
}

/** What a property holds; undefined for a method, an accessor or a spread. */
export function findPropertyValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

/** What the property of an object holds, constants of the same file resolved. */
export function resolveProperty(
  source: Source,
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.Expression | undefined {
  const property = findProperty(object, name);
  const value = property && findPropertyValue(property);
  return value && resolveExpression(source, value);
}
