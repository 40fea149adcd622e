import { resolveExpression } from "../source/constants.js";
import { findPropertyList } from "../source/lists.js";
import { findProperty, findPropertyValue } from "../source/object-reader.js";
import type { Source } from "../source/parser.js";
import { ts } from "../source/parser.js";
import type { Draft, Page, Refusal } from "./draft.js";
import { parseExpression, styleExpression } from "./expression-text.js";
import { appendItems } from "./list-edit.js";
import { isSameMeaning } from "./meaning.js";

/** A property to add to an object. */
export interface Entry {
  readonly name: string;
  /** TypeScript on one line, in double quotes. */
  readonly expression: string;
}

/** What entries are, for a refusal. */
export interface Subject {
  readonly code: string;
  readonly what: "attribute" | "identity" | "relationship";
  readonly className: string;
}

/**
 * Adds to an object the entries that it lacks; refused where one is there with another meaning.
 *
 * @param spreads expressions to spread into it, unless they are there
 */
export function draftEntries(
  page: Page,
  object: ts.ObjectLiteralExpression,
  entries: readonly Entry[],
  subject: Subject,
  spreads: readonly string[] = [],
): Draft {
  const there = entries.map((entry) => ({ entry, property: findEntry(page.source, object, entry.name) }));
  const refusals = there.flatMap(({ entry, property }) =>
    property && !hasMeaning(page, property, entry) ? [refuseEntry(page, property, entry, subject)] : [],
  );
  if (refusals.length > 0) return { kind: "refused", refusals };
  const missing = there.filter(({ property }) => property === undefined).map(({ entry }) => entry);
  const missingSpreads = spreads.filter((spread) => !hasSpread(page, object, spread));
  if (missing.length + missingSpreads.length === 0) return { kind: "unchanged" };
  const items = [...renderEntries(page, missing), ...renderSpreads(page, missingSpreads)];
  return {
    kind: "edits",
    edits: appendItems(page.source.text, findPropertyList(object), items, page.style),
    added: [...missing.map(({ name }) => name), ...missingSpreads.map((spread) => `...${spread}`)],
  };
}

/** Entries as properties, in the style of the file. */
export function renderEntries({ style, locals }: Page, entries: readonly Entry[]): readonly string[] {
  return entries.map(
    ({ name, expression }) =>
      `${renderName(name, style.quote)}: ${styleExpression(expression, style, locals)}`,
  );
}

/** Expressions as spreads, in the style of the file. */
export function renderSpreads({ style, locals }: Page, spreads: readonly string[]): readonly string[] {
  return spreads.map((spread) => `...${styleExpression(spread, style, locals)}`);
}

/** The property of that name, be it in a constant of the file that is spread into the object. */
export function findEntry(
  source: Source,
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.ObjectLiteralElementLike | undefined {
  const own = findProperty(object, name);
  if (own) return own;
  for (const property of object.properties) {
    const held = ts.isSpreadAssignment(property) && resolveExpression(source, property.expression);
    const found = held && ts.isObjectLiteralExpression(held) ? findEntry(source, held, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function hasSpread(page: Page, object: ts.ObjectLiteralExpression, spread: string): boolean {
  const { node } = parseExpression(styleExpression(spread, page.style, page.locals));
  return object.properties.some(
    (property) => ts.isSpreadAssignment(property) && isSameMeaning(page.source, property.expression, node),
  );
}

/** Does a property hold what an entry wants? */
export function hasMeaning(page: Page, property: ts.ObjectLiteralElementLike, entry: Entry): boolean {
  const value = findPropertyValue(property);
  if (value === undefined) return false;
  const { node } = parseExpression(styleExpression(entry.expression, page.style, page.locals));
  return isSameMeaning(page.source, value, node);
}

function refuseEntry(
  page: Page,
  property: ts.ObjectLiteralElementLike,
  { name, expression }: Entry,
  { code, what, className }: Subject,
): Refusal {
  const written = (findPropertyValue(property) ?? property).getText(page.source.file).replace(/\s+/g, " ");
  const wanted = styleExpression(expression, page.style, page.locals);
  return {
    code,
    message: `${className} has the ${what} "${name}" already: it is \`${written}\`, not \`${wanted}\`.`,
    hint: "Rename or remove the one that is there, or give the new one another name.",
    node: property,
  };
}

function renderName(name: string, quote: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote + name + quote;
}
