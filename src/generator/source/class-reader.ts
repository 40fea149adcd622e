import { resolveExpression } from "./constants.js";
import { findAshlarName } from "./imports.js";
import { findPropertyName } from "./object-reader.js";
import type { Source } from "./parser.js";
import { ts } from "./parser.js";

/** A class with the name that the file gives it. */
export type NamedClass = ts.ClassDeclaration & { readonly name: ts.Identifier };

/** The named classes at the top of a file, in order. */
export function findClasses(source: Source): readonly NamedClass[] {
  return source.file.statements.filter((statement) => isNamedClass(statement));
}

/** The class of that name at the top of a file. */
export function findClass(source: Source, name: string): NamedClass | undefined {
  return findClasses(source).find((declaration) => declaration.name.text === name);
}

/** What a class hands to ashlar's `resource`, where it extends that; constants of the same file resolved. */
export function findDeclaration(
  source: Source,
  declaration: NamedClass,
): { readonly argument: ts.Expression | undefined } | undefined {
  const clause = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const base = clause?.types[0] && resolveExpression(source, clause.types[0].expression);
  if (!base || !ts.isCallExpression(base) || findAshlarName(source, base.expression) !== "resource") {
    return undefined;
  }
  const [argument] = base.arguments;
  return { argument: argument && resolveExpression(source, argument) };
}

/** The `static relationships` of a class, in whichever form. */
export function findRelationshipsMember(declaration: NamedClass): ts.ClassElement | undefined {
  return declaration.members.find((member) => isStatic(member) && findName(member) === "relationships");
}

/** The object that holds the relationships of a class, constants of the same file resolved. */
export function findRelationshipsObject(
  source: Source,
  member: ts.ClassElement,
): ts.ObjectLiteralExpression | undefined {
  if (!ts.isPropertyDeclaration(member) || !member.initializer) return undefined;
  const held = resolveExpression(source, member.initializer);
  return ts.isObjectLiteralExpression(held) ? held : undefined;
}

function isNamedClass(statement: ts.Statement): statement is NamedClass {
  return ts.isClassDeclaration(statement) && statement.name !== undefined;
}

function isStatic(member: ts.ClassElement): boolean {
  return ts.canHaveModifiers(member)
    ? (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
    : false;
}

function findName(member: ts.ClassElement): string | undefined {
  return findPropertyName(member.name);
}
