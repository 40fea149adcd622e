import type { Source } from "./parser.js";
import { ts } from "./parser.js";

/** A name that is declared at the top of a file, by an import or otherwise. */
export interface DeclaredName {
  readonly name: string;
  readonly node: ts.Node;
}

/** Every name that is declared at the top of a file. */
export function findDeclaredNames(source: Source): readonly DeclaredName[] {
  return source.file.statements.flatMap(findNames);
}

function findNames(statement: ts.Statement): readonly DeclaredName[] {
  if (ts.isImportDeclaration(statement)) return findImportedNames(statement);
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => findBoundNames(name));
  }
  return isNamed(statement) && statement.name && ts.isIdentifier(statement.name)
    ? [{ name: statement.name.text, node: statement.name }]
    : [];
}

function findImportedNames({ importClause }: ts.ImportDeclaration): readonly DeclaredName[] {
  const bindings = importClause?.namedBindings;
  const names = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings] : bindings.elements;
  return [importClause?.name, ...names.map(({ name }) => name)]
    .filter((node) => node !== undefined)
    .map((node) => ({ name: node.text, node }));
}

function findBoundNames(name: ts.BindingName): readonly DeclaredName[] {
  if (ts.isIdentifier(name)) return [{ name: name.text, node: name }];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? findBoundNames(element.name) : [],
  );
}

function isNamed(
  statement: ts.Statement,
): statement is
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.ImportEqualsDeclaration {
  return (
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement)
  );
}
