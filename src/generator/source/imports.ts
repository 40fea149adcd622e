import type { Source } from "./parser.js";
import { ts } from "./parser.js";

/** One name that an import brings into a file. */
export interface ImportBinding {
  /** The name in this file. */
  readonly local: string;
  /** The name in the module; `default`, or `*` for the whole of it. */
  readonly imported: string;
  /** The module, as the file spells it. */
  readonly specifier: string;
  /** Brought in as a type only. */
  readonly typeOnly: boolean;
  readonly declaration: ts.ImportDeclaration;
}

/** The import declarations of a file, in order. */
export function findImportDeclarations(source: Source): readonly ts.ImportDeclaration[] {
  return source.file.statements.filter((statement) => ts.isImportDeclaration(statement));
}

/** The module that an import names. */
export function findSpecifier(declaration: ts.ImportDeclaration): string {
  return ts.isStringLiteral(declaration.moduleSpecifier) ? declaration.moduleSpecifier.text : "";
}

/** Every name that the imports of a file bring in. */
export function findImportBindings(source: Source): readonly ImportBinding[] {
  return findImportDeclarations(source).flatMap(findBindings);
}

function findBindings(declaration: ts.ImportDeclaration): ImportBinding[] {
  const clause = declaration.importClause;
  if (clause === undefined) return [];
  const typeOnly = isTypeOnlyClause(clause);
  const shared = { specifier: findSpecifier(declaration), declaration };
  return [
    ...(clause.name ? [{ ...shared, local: clause.name.text, imported: "default", typeOnly }] : []),
    ...findNamedBindings(clause.namedBindings).map((binding) => ({
      ...shared,
      ...binding,
      typeOnly: typeOnly || binding.typeOnly,
    })),
  ];
}

/** Is it an `import type`? */
export function isTypeOnlyClause(clause: ts.ImportClause): boolean {
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function findNamedBindings(
  bindings: ts.NamedImportBindings | undefined,
): Pick<ImportBinding, "local" | "imported" | "typeOnly">[] {
  if (bindings === undefined) return [];
  if (ts.isNamespaceImport(bindings)) {
    return [{ local: bindings.name.text, imported: "*", typeOnly: false }];
  }
  return bindings.elements.map(({ name, propertyName, isTypeOnly }) => ({
    local: name.text,
    imported: (propertyName ?? name).text,
    typeOnly: isTypeOnly,
  }));
}

const ashlar = "ashlar";

/** The name that an expression has in ashlar: `resource` for `resource`, `r` imported as such, or `ashlar.resource`. */
export function findAshlarName(source: Source, expression: ts.Expression): string | undefined {
  const bindings = findImportBindings(source).filter(({ specifier }) => specifier === ashlar);
  if (ts.isIdentifier(expression)) {
    return bindings.find(({ local }) => local === expression.text)?.imported;
  }
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
  const namespace = expression.expression.text;
  const known = bindings.some(({ local, imported }) => imported === "*" && local === namespace);
  return known ? expression.name.text : undefined;
}
