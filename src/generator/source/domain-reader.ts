import { readString, resolveExpression, unwrapExpression } from "./constants.js";
import { findExported } from "./exports.js";
import { findAshlarName } from "./imports.js";
import { resolveProperty } from "./object-reader.js";
import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import { findOriginalName } from "./relationship-reader.js";
import type { DomainSource, Listing } from "./resource-source.js";

/** A domain's constant and the call that makes it. */
export interface DomainDeclaration {
  readonly name: string;
  readonly statement: ts.VariableStatement;
  readonly call: ts.CallExpression;
}

/**
 * Every domain that a file declares, as data.
 *
 * @example
 * findDomains(source); // of `export const Works = domain("Works", { resources: [Task] });`:
 * // [{ name: "Works", title: "Works", resources: { items: ["Task"], complete: true }, … }]
 */
export function findDomains(source: Source): readonly DomainSource[] {
  return findDomainDeclarations(source).map((declaration) => readDomain(source, declaration));
}

/** The constants at the top of a file that hold what ashlar's `domain` made. */
export function findDomainDeclarations(source: Source): readonly DomainDeclaration[] {
  return source.file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap((statement) => findInStatement(source, statement));
}

/** The array of a domain's resources, constants of the same file resolved. */
export function findResourceArray(
  source: Source,
  { call }: DomainDeclaration,
): ts.ArrayLiteralExpression | undefined {
  const options = call.arguments[1] && resolveExpression(source, call.arguments[1]);
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const resources = resolveProperty(source, options, "resources");
  return resources && ts.isArrayLiteralExpression(resources) ? resources : undefined;
}

function findInStatement(source: Source, statement: ts.VariableStatement): DomainDeclaration[] {
  return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
    if (!initializer || !ts.isIdentifier(name)) return [];
    const call = unwrapExpression(initializer);
    if (!ts.isCallExpression(call) || findAshlarName(source, call.expression) !== "domain") return [];
    return [{ name: name.text, statement, call }];
  });
}

function readDomain(source: Source, declaration: DomainDeclaration): DomainSource {
  const { name, statement, call } = declaration;
  const title = call.arguments[0] && readString(source, call.arguments[0]);
  return {
    name,
    path: source.path,
    exported: findExported(source, name, statement),
    ...(title === undefined ? {} : { title }),
    resources: readResources(source, findResourceArray(source, declaration)),
  };
}

function readResources(source: Source, array: ts.ArrayLiteralExpression | undefined): Listing<string> {
  if (array === undefined) return { items: [], complete: false };
  const items = array.elements.map((element) => readResourceName(source, element));
  const known = items.filter((item) => item !== undefined);
  return { items: known, complete: known.length === items.length };
}

function readResourceName(source: Source, element: ts.Expression): string | undefined {
  const inner = unwrapExpression(element);
  if (ts.isPropertyAccessExpression(inner)) return inner.name.text;
  return ts.isIdentifier(inner) ? findOriginalName(source, inner.text) : undefined;
}
