import type { PatchOutcome } from "../plan.js";
import { findPropertyValue } from "../source/object-reader.js";
import { ts } from "../source/parser.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import type { Entry } from "./entries.js";
import { findEntry, hasMeaning, renderEntries } from "./entries.js";
import { findOptions, findSection, refuseSection } from "./resource-options.js";

export interface AttributeReplacementRequest extends PatchOptions {
  readonly className: string;
  readonly entry: Entry;
}

/**
 * Gives an attribute of a resource another declaration, in its place. Only what it holds is replaced; one that already
 * means the same is left alone.
 *
 * @param text the whole file
 * @example
 * replaceAttribute(text, {
 *   path: "src/accounts/user.ts",
 *   className: "User",
 *   entry: { name: "email", expression: "string(120).required()" },
 * });
 */
export function replaceAttribute(text: string, request: AttributeReplacementRequest): PatchOutcome {
  return runPatch(
    text,
    request,
    (page) => draftReplacement(page, request),
    (page) => `${renderEntries(page, [request.entry])[0] ?? ""},`,
  );
}

function draftReplacement(page: Page, { className, entry }: AttributeReplacementRequest): Draft {
  const options = findOptions(page.source, className);
  if (options.kind === "refused") return options;
  const attributes = findSection(page.source, options.value, "attributes");
  if (attributes.kind === "refused") return attributes;
  if (!attributes.value || !ts.isObjectLiteralExpression(attributes.value)) {
    return refuseSection("attributes", attributes.value ?? options.value);
  }
  const property = findEntry(page.source, attributes.value, entry.name);
  if (property === undefined) return refuseAbsent(className, entry.name, attributes.value);
  return hasMeaning(page, property, entry) ? { kind: "unchanged" } : replaceValue(page, property, entry);
}

function replaceValue(page: Page, property: ts.ObjectLiteralElementLike, entry: Entry): Draft {
  const [written = ""] = renderEntries(page, [entry]);
  const value = ts.isPropertyAssignment(property) ? findPropertyValue(property) : undefined;
  const start = (value ?? property).getStart(page.source.file);
  const text = value ? written.slice(written.indexOf(":") + 2) : written;
  const edit = { start, end: property.end, text, fit: true };
  return { kind: "edits", edits: [edit], added: [entry.name] };
}

function refuseAbsent(className: string, name: string, node: ts.Node): Draft {
  const refusal = {
    code: "patch.attribute.missing",
    message: `"${name}" is no attribute of ${className} that is written out in this file.`,
    hint: "Replace it where it is declared.",
    node,
  };
  return { kind: "refused", refusals: [refusal] };
}
