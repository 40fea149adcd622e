import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import type { Exported } from "./resource-source.js";

/** How a declaration at the top of a file leaves it: by its own `export`, or by one that names it elsewhere. */
export function findExported(source: Source, name: string, declaration: ts.Node): Exported {
  const modifiers = ts.canHaveModifiers(declaration) ? (ts.getModifiers(declaration) ?? []) : [];
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind);
  if (has(ts.SyntaxKind.DefaultKeyword)) return { kind: "default" };
  if (has(ts.SyntaxKind.ExportKeyword)) return { kind: "named", name };
  return findSeparateExport(source, name);
}

function findSeparateExport(source: Source, name: string): Exported {
  for (const statement of source.file.statements) {
    const found = ts.isExportAssignment(statement)
      ? readExportAssignment(statement, name)
      : readExportDeclaration(statement, name);
    if (found) return found;
  }
  return { kind: "none" };
}

function readExportAssignment(statement: ts.ExportAssignment, name: string): Exported | undefined {
  const { expression } = statement;
  return ts.isIdentifier(expression) && expression.text === name ? { kind: "default" } : undefined;
}

function readExportDeclaration(statement: ts.Statement, name: string): Exported | undefined {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier) return undefined;
  if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return undefined;
  const found = statement.exportClause.elements.find(
    (element) => (element.propertyName ?? element.name).text === name,
  );
  if (found === undefined) return undefined;
  return found.name.text === "default" ? { kind: "default" } : { kind: "named", name: found.name.text };
}
