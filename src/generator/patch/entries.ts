import { findProperty, findPropertyValue } from "../source/object-reader.js";
import type { ts } from "../source/parser.js";
import type { Page, Refusal } from "./draft.js";
import { parseExpression, styleExpression } from "./expression-text.js";
import { isSameMeaning } from "./meaning.js";

/** A property to add to an object. */
export interface Entry {
  readonly name: string;
  /** TypeScript on one line, in double quotes. */
  readonly expression: string;
}

/** The entries that an object lacks, and a refusal for each that it has with another meaning. */
export interface EntryComparison {
  readonly missing: readonly Entry[];
  readonly refusals: readonly Refusal[];
}

/**
 * Compares entries with the properties of an object.
 *
 * @param subject the code of a refusal, and what an entry is: `relationship of User`
 */
export function compareEntries(
  page: Page,
  object: ts.ObjectLiteralExpression,
  entries: readonly Entry[],
  subject: { readonly code: string; readonly what: string },
): EntryComparison {
  const missing: Entry[] = [];
  const refusals: Refusal[] = [];
  for (const entry of entries) {
    const property = findProperty(object, entry.name);
    if (property === undefined) missing.push(entry);
    else if (!hasMeaning(page, property, entry)) refusals.push(refuseEntry(page, property, entry, subject));
  }
  return { missing, refusals };
}

/** Entries as properties, in the style of the file. */
export function renderEntries({ style, locals }: Page, entries: readonly Entry[]): readonly string[] {
  return entries.map(
    ({ name, expression }) =>
      `${renderName(name, style.quote)}: ${styleExpression(expression, style, locals)}`,
  );
}

function hasMeaning(page: Page, property: ts.ObjectLiteralElementLike, entry: Entry): boolean {
  const value = findPropertyValue(property);
  if (value === undefined) return false;
  const { node } = parseExpression(styleExpression(entry.expression, page.style, page.locals));
  return isSameMeaning(page.source, value, node);
}

function refuseEntry(
  page: Page,
  property: ts.ObjectLiteralElementLike,
  { name, expression }: Entry,
  { code, what }: { readonly code: string; readonly what: string },
): Refusal {
  const written = (findPropertyValue(property) ?? property).getText(page.source.file).replace(/\s+/g, " ");
  const wanted = styleExpression(expression, page.style, page.locals);
  return {
    code,
    message: `"${name}" is already a ${what}: it is \`${written}\`, not \`${wanted}\`.`,
    hint: "Rename or remove the one that is there, or give the new one another name.",
    node: property,
  };
}

function renderName(name: string, quote: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote + name + quote;
}
