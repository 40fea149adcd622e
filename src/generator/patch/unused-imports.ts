import type { ImportBinding } from "../source/imports.js";
import { findImportBindings } from "../source/imports.js";
import { findIndent, findLineEnd, startsLine } from "../source/lines.js";
import { parseSource, ts } from "../source/parser.js";
import { findUsedNames } from "../source/used-names.js";
import type { Edit } from "./edit.js";
import { applyEdits } from "./edit.js";

/**
 * Removes the imports of which patches took the last use. What a file imported without using it stays.
 *
 * @param before the whole file without the patches, `after` with them
 * @example
 * const imports = `import { string, text } from "ashlar"; string();`;
 * dropUnusedImports(`${imports} text();`, imports, "src/accounts/user.ts"); // `import { string } from "ashlar"; string();`
 */
export function dropUnusedImports(before: string, after: string, path: string): string {
  const wasUsed = findUsedNames(parseSource(before, path));
  const source = parseSource(after, path);
  const isUsed = findUsedNames(source);
  const unused = findImportBindings(source).find(({ local }) => wasUsed.has(local) && !isUsed.has(local));
  if (unused === undefined) return after;
  // One at a time, as two names of a list have a comma between them.
  return dropUnusedImports(before, applyEdits(after, [dropBinding(after, unused)]), path);
}

function dropBinding(text: string, { declaration, local }: ImportBinding): Edit {
  const { name, namedBindings: others } = declaration.importClause ?? {};
  if (name?.text === local && others) return { start: name.getStart(), end: others.getStart(), text: "" };
  if (others && ts.isNamedImports(others) && others.elements.length > 1) {
    return dropElement(text, others, local);
  }
  if (name && others && name.text !== local) return { start: name.end, end: others.end, text: "" };
  return dropWithLine(text, declaration.getStart(), declaration.end);
}

function dropElement(text: string, list: ts.NamedImports, local: string): Edit {
  const { elements } = list;
  const index = elements.findIndex(({ name }) => name.text === local);
  const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]];
  const start = element?.getStart() ?? list.end;
  // A comment may belong to any of the names, so it stays.
  if (/\/[/*]/.test(list.getText())) return dropWithLine(text, start, next?.pos ?? elements.end);
  if (next) return { start, end: next.getStart(), text: "" };
  return { start: previous?.end ?? start, end: element?.end ?? start, text: "" };
}

/** Takes the line with it where nothing else stands on it. */
function dropWithLine(text: string, start: number, end: number): Edit {
  const lineEnd = findLineEnd(text, end);
  const isAlone = startsLine(text, start) && text.slice(end, lineEnd).trim() === "";
  if (!isAlone) return { start, end, text: "" };
  const lineBreak = /^(\r\n|[\r\n])?/.exec(text.slice(lineEnd))?.[0] ?? "";
  return { start: start - findIndent(text, start).length, end: lineEnd + lineBreak.length, text: "" };
}
