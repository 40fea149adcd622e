import type { PatchOutcome } from "../plan.js";
import type { NamedClass } from "../source/class-reader.js";
import { findClass, findRelationshipsMember, findRelationshipsObject } from "../source/class-reader.js";
import type { ts } from "../source/parser.js";
import { renderBlock } from "./block.js";
import { findEnding, prependMember } from "./class-edit.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import type { Entry } from "./entries.js";
import { draftEntries, renderEntries } from "./entries.js";
import { refuseMissingClass } from "./refusals.js";

export interface RelationshipsRequest extends PatchOptions {
  readonly className: string;
  readonly entries: readonly Entry[];
}

/**
 * Adds entries to the `static relationships` of a class, which is made where it is absent. An entry that is there and
 * means the same is left alone; one of the same name that means something else is a failure.
 *
 * @param text the whole file
 * @returns the patched file and the names that were added; or a failure with the text to paste
 * @example
 * addRelationships(text, {
 *   path: "src/accounts/user.ts",
 *   className: "User",
 *   entries: [{ name: "tasks", expression: `hasMany(() => Task, { destinationAttribute: "userId" })` }],
 * });
 */
export function addRelationships(text: string, request: RelationshipsRequest): PatchOutcome {
  return runPatch(
    text,
    request,
    (page) => draftRelationships(page, request),
    (page) => renderPaste(page, request),
  );
}

function draftRelationships(page: Page, { className, entries }: RelationshipsRequest): Draft {
  if (entries.length === 0) return { kind: "unchanged" };
  const declaration = findClass(page.source, className);
  if (declaration === undefined) return refuseMissingClass(page.source, className);
  const member = findRelationshipsMember(declaration);
  if (member === undefined) return draftMember(page, declaration, entries);
  const object = findRelationshipsObject(page.source, member);
  if (object === undefined) return refuseMember(className, member);
  return draftEntries(page, object, entries, {
    ...{ code: "patch.relationship.taken", what: "relationship", className },
  });
}

function draftMember(page: Page, declaration: NamedClass, entries: readonly Entry[]): Draft {
  const ending = findEnding(page.source.text, declaration, page.style);
  const lines = renderMember(page, entries, ending);
  const edits = prependMember(page.source.text, declaration, lines, page.style);
  return { kind: "edits", edits, added: entries.map(({ name }) => name) };
}

function refuseMember(className: string, member: ts.ClassElement): Draft {
  const refusal = {
    code: "patch.relationships.unreadable",
    message: `The relationships of "${className}" are not an object that is written out in this file.`,
    hint: "Add the entries below where they are made.",
    node: member,
  };
  return { kind: "refused", refusals: [refusal] };
}

function renderMember(page: Page, entries: readonly Entry[], ending: string): readonly string[] {
  return renderBlock(
    page.style,
    "static readonly relationships = {",
    renderEntries(page, entries),
    `}${ending}`,
  );
}

function renderPaste(page: Page, { className, entries }: RelationshipsRequest): string {
  const declaration = findClass(page.source, className);
  const there = declaration && findRelationshipsMember(declaration);
  const lines = there
    ? renderEntries(page, entries).map((item) => `${item},`)
    : renderMember(page, entries, page.style.semicolons ? ";" : "");
  return lines.join(page.style.endOfLine);
}
