import type { PatchOutcome } from "../plan.js";
import { findPropertyList } from "../source/lists.js";
import { ts } from "../source/parser.js";
import { renderBlock, renderBraces } from "./block.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import type { Entry, Subject } from "./entries.js";
import { draftEntries, renderEntries, renderSpreads } from "./entries.js";
import { appendItems } from "./list-edit.js";
import { findOptions, findSection, refuseSection } from "./resource-options.js";

export interface AttributesRequest extends PatchOptions {
  readonly className: string;
  readonly entries: readonly Entry[];
  /** Expressions to spread, such as `timestamps()`. */
  readonly spreads?: readonly string[];
}

export interface IdentitiesRequest extends PatchOptions {
  readonly className: string;
  readonly identities: readonly { readonly name: string; readonly attributes: readonly string[] }[];
}

/** A section of a resource's options and what it is to hold. */
interface Section extends PatchOptions {
  readonly className: string;
  readonly name: "attributes" | "identities";
  readonly entries: readonly Entry[];
  readonly spreads: readonly string[];
  readonly subject: Subject;
}

/**
 * Adds attributes to a resource. One that is there and means the same is left alone; one of the same name that means
 * something else is a failure.
 *
 * @param text the whole file
 * @example
 * addAttributes(text, {
 *   path: "src/accounts/user.ts",
 *   className: "User",
 *   entries: [{ name: "age", expression: "integer()" }],
 *   spreads: ["timestamps()"],
 * });
 */
export function addAttributes(text: string, request: AttributesRequest): PatchOutcome {
  return addToSection(text, {
    ...request,
    name: "attributes",
    spreads: request.spreads ?? [],
    subject: { code: "patch.attribute.taken", what: "attribute", className: request.className },
  });
}

/**
 * Adds identities to a resource, by the same rules as attributes.
 *
 * @example
 * addIdentities(text, {
 *   path: "src/accounts/user.ts",
 *   className: "User",
 *   identities: [{ name: "uniqueEmail", attributes: ["email"] }],
 * });
 */
export function addIdentities(text: string, request: IdentitiesRequest): PatchOutcome {
  return addToSection(text, {
    ...request,
    name: "identities",
    entries: request.identities.map(({ name, attributes }) => ({
      name,
      expression: `[${attributes.map((attribute) => JSON.stringify(attribute)).join(", ")}]`,
    })),
    spreads: [],
    subject: { code: "patch.identity.taken", what: "identity", className: request.className },
  });
}

function addToSection(text: string, section: Section): PatchOutcome {
  return runPatch(
    text,
    section,
    (page) => draftSection(page, section),
    (page) => renderPaste(page, section),
  );
}

function draftSection(page: Page, section: Section): Draft {
  const { className, name, entries, spreads, subject } = section;
  if (entries.length + spreads.length === 0) return { kind: "unchanged" };
  const options = findOptions(page.source, className);
  if (options.kind === "refused") return options;
  const held = findSection(page.source, options.value, name);
  if (held.kind === "refused") return held;
  if (held.value === undefined) return draftNewSection(page, options.value, section);
  if (!ts.isObjectLiteralExpression(held.value)) return refuseSection(name, held.value);
  return draftEntries(page, held.value, entries, subject, spreads);
}

function draftNewSection(page: Page, options: ts.ObjectLiteralExpression, section: Section): Draft {
  const { name, entries, spreads } = section;
  const object = renderBraces(page.style, renderItems(page, section).join(", "));
  return {
    kind: "edits",
    edits: appendItems(page.source.text, findPropertyList(options), [`${name}: ${object}`], page.style),
    added: [...entries.map((entry) => entry.name), ...spreads.map((spread) => `...${spread}`)],
  };
}

function renderPaste(page: Page, section: Section): string {
  const lines = renderBlock(page.style, `${section.name}: {`, renderItems(page, section), "},");
  return lines.join(page.style.endOfLine);
}

function renderItems(page: Page, { entries, spreads }: Section): readonly string[] {
  return [...renderEntries(page, entries), ...renderSpreads(page, spreads)];
}
