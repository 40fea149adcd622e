import { readString, resolveExpression } from "./constants.js";
import { findAshlarName, findImportBindings } from "./imports.js";
import { findPropertyName, findPropertyValue, resolveProperty } from "./object-reader.js";
import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import type { RelationshipSource } from "./resource-source.js";

/**
 * Reads one relationship from the call that builds it.
 *
 * @example
 * readRelationship(source, "task", expression); // of `belongsTo(() => Task, { onDelete: "cascade" })`:
 * // { name: "task", kind: "belongsTo", destination: "Task", options: { onDelete: "cascade" }, … }
 */
export function readRelationship(
  source: Source,
  name: string,
  expression: ts.Expression,
): RelationshipSource {
  const call = resolveExpression(source, expression);
  const written = { name, expression: expression.getText(source.file) };
  const kind = ts.isCallExpression(call) ? readKind(source, call) : undefined;
  if (!ts.isCallExpression(call) || kind === undefined) return { ...written, options: {} };
  const [first, given] = call.arguments;
  const options = given && resolveExpression(source, given);
  const object = options && ts.isObjectLiteralExpression(options) ? options : undefined;
  const throughValue = object && resolveProperty(source, object, "through");
  const destination = first && readReference(source, first);
  const through = throughValue && readReference(source, throughValue);
  return {
    ...written,
    kind,
    ...(destination !== undefined && { destination }),
    ...(through !== undefined && { through }),
    options: object ? readStringOptions(source, object) : {},
  };
}

function readKind(source: Source, call: ts.CallExpression): RelationshipSource["kind"] {
  const name = findAshlarName(source, call.expression);
  return name === "belongsTo" || name === "hasOne" || name === "hasMany" || name === "manyToMany"
    ? name
    : undefined;
}

/** The class that `() => Task` refers to, by the name its own file gives it. */
function readReference(source: Source, reference: ts.Expression): string | undefined {
  if (!ts.isArrowFunction(reference) || ts.isBlock(reference.body)) return undefined;
  const body = resolveExpression(source, reference.body);
  if (ts.isPropertyAccessExpression(body)) return body.name.text;
  return ts.isIdentifier(body) ? findOriginalName(source, body.text) : undefined;
}

/** The name that what is known as `local` in this file has in its own. */
export function findOriginalName(source: Source, local: string): string {
  const binding = findImportBindings(source).find((candidate) => candidate.local === local);
  return binding === undefined || binding.imported === "default" ? local : binding.imported;
}

function readStringOptions(source: Source, object: ts.ObjectLiteralExpression): Record<string, string> {
  const options: Record<string, string> = {};
  for (const property of object.properties) {
    const name = findPropertyName(property.name);
    const value = findPropertyValue(property);
    const text = value && readString(source, value);
    if (name !== undefined && text !== undefined) options[name] = text;
  }
  return options;
}
