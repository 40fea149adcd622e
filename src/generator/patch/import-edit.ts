import type { ImportBinding } from "../source/imports.js";
import { findImportDeclarations, findSpecifier, isTypeOnlyClause } from "../source/imports.js";
import { findNameList } from "../source/lists.js";
import { ts } from "../source/parser.js";
import type { Style } from "../source/style.js";
import { renderBraces } from "./block.js";
import type { Page } from "./draft.js";
import type { Edit } from "./edit.js";
import { findImportPlace } from "./import-place.js";
import { addName } from "./name-list-edit.js";

export interface ImportRequest {
  /** The name that the module exports; for a default export, the name to give it. */
  readonly name: string;
  /** The module, as this file is to spell it. */
  readonly specifier: string;
  /** Only its type is used. */
  readonly typeOnly?: boolean;
  /** It is the module's default export. */
  readonly isDefault?: boolean;
}

/**
 * An import declaration in the style of a file.
 *
 * @example
 * renderImport(style, { name: "Task", specifier: "../works/task.js" }); // `import { Task } from "../works/task.js";`
 */
export function renderImport(style: Style, { name, specifier, typeOnly, isDefault }: ImportRequest): string {
  const type = typeOnly ? "type " : "";
  const names = isDefault ? name : renderBraces(style, name);
  return `import ${type}${names} from ${style.quote}${specifier}${style.quote}${style.semicolons ? ";" : ""}`;
}

/** The edits that import a name that the file does not import yet. */
export function draftImport(page: Page, request: ImportRequest): readonly Edit[] {
  const clauses = findImportDeclarations(page.source)
    .filter((declaration) => findSpecifier(declaration) === request.specifier && !declaration.attributes)
    .map(({ importClause }) => importClause)
    .filter((clause) => clause !== undefined);
  return (
    (request.isDefault ? extendByDefault(clauses, request) : extendByName(page, clauses, request)) ??
    findImportPlace(page, request.specifier, renderImport(page.style, request))
  );
}

function extendByName(
  page: Page,
  clauses: readonly ts.ImportClause[],
  { name, typeOnly }: ImportRequest,
): readonly Edit[] | undefined {
  const typed = clauses.filter((clause) => typeOnly && isTypeOnlyClause(clause) && hasNames(clause));
  const [clause] = [
    ...typed,
    ...clauses.filter((candidate) => !isTypeOnlyClause(candidate) && hasRoom(candidate)),
  ];
  if (clause === undefined) return undefined;
  const item = typeOnly && !isTypeOnlyClause(clause) ? `type ${name}` : name;
  const { namedBindings } = clause;
  if (namedBindings && ts.isNamedImports(namedBindings)) {
    return addName(page.source.text, findNameList(namedBindings), item, page.style);
  }
  return [{ start: clause.end, end: clause.end, text: `, ${renderBraces(page.style, item)}`, fit: true }];
}

function extendByDefault(
  clauses: readonly ts.ImportClause[],
  { name, typeOnly }: ImportRequest,
): readonly Edit[] | undefined {
  const clause = clauses.find(
    (candidate) => !typeOnly && !isTypeOnlyClause(candidate) && hasNames(candidate),
  );
  if (clause === undefined) return undefined;
  const start = clause.getStart();
  return [{ start, end: start, text: `${name}, `, fit: true }];
}

function hasNames({ namedBindings }: ts.ImportClause): boolean {
  return namedBindings !== undefined && ts.isNamedImports(namedBindings);
}

/** Can names in braces be added to it? */
function hasRoom(clause: ts.ImportClause): boolean {
  return clause.namedBindings === undefined || hasNames(clause);
}

/** The edits by which an import brings in the value of a name where it brought in the type; the others stay types. */
export function promoteImport({ source }: Page, { declaration, local }: ImportBinding): readonly Edit[] {
  const clause = declaration.importClause;
  if (clause === undefined) return [];
  const names =
    clause.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
  if (!isTypeOnlyClause(clause)) {
    return names.filter(({ name }) => name.text === local).map((element) => dropType(source.text, element));
  }
  const others = names.filter(({ name }) => name.text !== local);
  return [
    dropType(source.text, clause),
    ...others.map((element) => ({ start: element.getStart(), end: element.getStart(), text: "type " })),
  ];
}

function dropType(text: string, node: ts.Node): Edit {
  const start = node.getStart();
  const keyword = /^type\s*/.exec(text.slice(start))?.[0] ?? "";
  return { start, end: start + keyword.length, text: "" };
}
