import type { ActionKind } from "../../runtime/resource-definition.js";
import { readAttribute } from "./attribute-reader.js";
import type { NamedClass } from "./class-reader.js";
import {
  findClasses,
  findDeclaration,
  findRelationshipsMember,
  findRelationshipsObject,
} from "./class-reader.js";
import { readString, resolveExpression } from "./constants.js";
import { findExported } from "./exports.js";
import { findAshlarName } from "./imports.js";
import { findPropertyName, findPropertyValue, resolveProperty } from "./object-reader.js";
import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import { readRelationship } from "./relationship-reader.js";
import type {
  AttributeSource,
  IdentitySource,
  Listing,
  RelationshipSource,
  ResourceSource,
  TimestampsSource,
} from "./resource-source.js";

/**
 * Every resource that a file declares: the classes at its top that extend ashlar's `resource`, under whichever name
 * it was imported. Nothing is run; what only running would tell is left out or said to be incomplete.
 *
 * @example
 * const { source } = readSource(text, "src/accounts/user.ts");
 * findResources(source).map(({ name }) => name); // ["User"]
 */
export function findResources(source: Source): readonly ResourceSource[] {
  return findClasses(source).flatMap((declaration) => {
    const found = findDeclaration(source, declaration);
    return found === undefined ? [] : [readResource(source, declaration, found.argument)];
  });
}

function readResource(
  source: Source,
  declaration: NamedClass,
  argument: ts.Expression | undefined,
): ResourceSource {
  const name = declaration.name.text;
  return {
    name,
    path: source.path,
    exported: findExported(source, name, declaration),
    ...readOptions(source, argument && ts.isObjectLiteralExpression(argument) ? argument : undefined),
    relationships: readRelationships(source, declaration),
  };
}

function readOptions(
  source: Source,
  options: ts.ObjectLiteralExpression | undefined,
): Omit<ResourceSource, "name" | "path" | "exported" | "relationships"> {
  if (options === undefined) {
    return { attributes: unknown(), identities: unknown(), defaultActions: unknown() };
  }
  const table = readStringProperty(source, options, "table");
  const schema = readStringProperty(source, options, "schema");
  const description = readStringProperty(source, options, "description");
  const actions = resolveProperty(source, options, "actions");
  return {
    ...(table === undefined ? {} : { table }),
    ...(schema === undefined ? {} : { schema }),
    ...(description === undefined ? {} : { description }),
    ...readAttributes(source, options),
    identities: readSection(source, options, "identities", readIdentity),
    defaultActions: actions === undefined ? absent(options) : readActions(source, actions),
  };
}

function readAttributes(
  source: Source,
  options: ts.ObjectLiteralExpression,
): Pick<ResourceSource, "attributes" | "timestamps" | "primaryKey"> {
  const attributes = readSection(source, options, "attributes", readAttribute);
  const timestamps = findTimestamps(source, options);
  const primaryKey = findPrimaryKey(attributes);
  return {
    attributes,
    ...(timestamps === undefined ? {} : { timestamps }),
    ...(primaryKey === undefined ? {} : { primaryKey }),
  };
}

// An attribute of unknown make is taken for no part of a key that others form; a list that is not all there is not.
function findPrimaryKey({ items, complete }: Listing<AttributeSource>): readonly string[] | undefined {
  const key = items.filter(({ primaryKey }) => primaryKey).map(({ name }) => name);
  return complete && key.length > 0 ? key : undefined;
}

function readRelationships(source: Source, declaration: NamedClass): Listing<RelationshipSource> {
  const member = findRelationshipsMember(declaration);
  if (member === undefined) return { items: [], complete: true };
  const object = findRelationshipsObject(source, member);
  return object === undefined ? unknown() : readEntries(source, object, readRelationship);
}

type ReadEntry<Item> = (source: Source, name: string, value: ts.Expression) => Item;

function readSection<Item>(
  source: Source,
  options: ts.ObjectLiteralExpression,
  name: string,
  readEntry: ReadEntry<Item>,
): Listing<Item> {
  const section = resolveProperty(source, options, name);
  if (section === undefined) return absent(options);
  return ts.isObjectLiteralExpression(section) ? readEntries(source, section, readEntry) : unknown();
}

function readEntries<Item>(
  source: Source,
  object: ts.ObjectLiteralExpression,
  readEntry: ReadEntry<Item>,
): Listing<Item> {
  const items: Item[] = [];
  let complete = true;
  for (const property of object.properties) {
    const name = findPropertyName(property.name);
    const value = findPropertyValue(property);
    if (name !== undefined && value !== undefined) items.push(readEntry(source, name, value));
    else if (readTimestamps(source, property) === undefined) complete = false;
  }
  return { items, complete };
}

function readIdentity(source: Source, name: string, value: ts.Expression): IdentitySource {
  const written = resolveExpression(source, value);
  const list = ts.isObjectLiteralExpression(written)
    ? resolveProperty(source, written, "attributes")
    : written;
  const attributes = list ? readStrings(source, list) : unknown<string>();
  return attributes.complete ? { name, attributes: attributes.items } : { name };
}

function readActions(source: Source, actions: ts.Expression): Listing<ActionKind> {
  if (!ts.isObjectLiteralExpression(actions)) return unknown();
  const defaults = resolveProperty(source, actions, "defaults");
  if (defaults === undefined) return absent(actions);
  const { items, complete } = readStrings(source, defaults);
  return { items: items.filter(isActionKind), complete };
}

function readStrings(source: Source, list: ts.Expression): Listing<string> {
  if (!ts.isArrayLiteralExpression(list)) return unknown();
  const read = list.elements.map((element) => readString(source, element));
  const items = read.filter((item) => item !== undefined);
  return { items, complete: items.length === read.length };
}

function findTimestamps(source: Source, options: ts.ObjectLiteralExpression): TimestampsSource | undefined {
  const attributes = resolveProperty(source, options, "attributes");
  if (!attributes || !ts.isObjectLiteralExpression(attributes)) return undefined;
  return attributes.properties.map((property) => readTimestamps(source, property)).find((found) => found);
}

/** Which names a `...timestamps()` stands for; undefined for any other property. */
function readTimestamps(source: Source, property: ts.ObjectLiteralElementLike): TimestampsSource | undefined {
  if (!ts.isSpreadAssignment(property)) return undefined;
  const call = resolveExpression(source, property.expression);
  if (!ts.isCallExpression(call) || findAshlarName(source, call.expression) !== "timestamps")
    return undefined;
  const [attributeCase] = call.arguments;
  return attributeCase && readString(source, attributeCase) === "snake_case" ? "snake_case" : "camelCase";
}

function readStringProperty(
  source: Source,
  options: ts.ObjectLiteralExpression,
  name: string,
): string | undefined {
  const value = resolveProperty(source, options, name);
  return value && ts.isStringLiteralLike(value) ? value.text : undefined;
}

function isActionKind(name: string): name is ActionKind {
  return name === "create" || name === "read" || name === "update" || name === "destroy";
}

/** A section that is not written out: there is none, unless a spread may bring it. */
function absent<Item>(object: ts.ObjectLiteralExpression): Listing<Item> {
  return { items: [], complete: !object.properties.some((property) => ts.isSpreadAssignment(property)) };
}

function unknown<Item>(): Listing<Item> {
  return { items: [], complete: false };
}
