import type { ActionKind } from "../../runtime/resource-definition.js";
import type { PatchOutcome } from "../plan.js";
import { readString, resolveExpression } from "../source/constants.js";
import { findElementList, findPropertyList } from "../source/lists.js";
import type { Source } from "../source/parser.js";
import { ts } from "../source/parser.js";
import type { Style } from "../source/style.js";
import { renderBraces } from "./block.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import { appendItems } from "./list-edit.js";
import { findOptions, findSection, refuseSection } from "./resource-options.js";

export interface DefaultActionsRequest extends PatchOptions {
  readonly className: string;
  readonly actions: readonly ActionKind[];
}

/**
 * Adds default actions to a resource, behind those that it has.
 *
 * @param text the whole file
 * @example
 * addDefaultActions(text, { path: "src/accounts/user.ts", className: "User", actions: ["update", "destroy"] });
 */
export function addDefaultActions(text: string, request: DefaultActionsRequest): PatchOutcome {
  return runPatch(
    text,
    request,
    (page) => draftActions(page, request),
    ({ style }) => `actions: ${renderBraces(style, renderDefaults(style, request.actions))},`,
  );
}

function draftActions(page: Page, { className, actions }: DefaultActionsRequest): Draft {
  const { source, style } = page;
  const options = findOptions(source, className);
  if (options.kind === "refused") return options;
  const section = findSection(source, options.value, "actions");
  if (section.kind === "refused") return section;
  if (section.value === undefined) {
    const item = `actions: ${renderBraces(style, renderDefaults(style, actions))}`;
    return append(page, options.value, item, actions);
  }
  if (!ts.isObjectLiteralExpression(section.value)) return refuseSection("actions", section.value);
  const defaults = findSection(source, section.value, "defaults");
  if (defaults.kind === "refused") return defaults;
  if (defaults.value === undefined)
    return append(page, section.value, renderDefaults(style, actions), actions);
  return extendDefaults(page, defaults.value, actions);
}

function extendDefaults(page: Page, defaults: ts.Expression, actions: readonly ActionKind[]): Draft {
  const { source, style } = page;
  const there = ts.isArrayLiteralExpression(defaults) ? readElements(source, defaults) : undefined;
  if (there === undefined || !ts.isArrayLiteralExpression(defaults)) {
    return refuseSection("default actions", defaults);
  }
  const missing = actions.filter((action) => !there.includes(action));
  if (missing.length === 0) return { kind: "unchanged" };
  const items = missing.map((action) => quote(style, action));
  return {
    kind: "edits",
    edits: appendItems(source.text, findElementList(defaults), items, style),
    added: missing,
  };
}

/** The strings of an array, those of spread constants of the file with them; undefined where one is unknown. */
function readElements(source: Source, array: ts.ArrayLiteralExpression): readonly string[] | undefined {
  const read = array.elements.flatMap((element): readonly (string | undefined)[] => {
    if (!ts.isSpreadElement(element)) return [readString(source, element)];
    const held = resolveExpression(source, element.expression);
    return (ts.isArrayLiteralExpression(held) ? readElements(source, held) : undefined) ?? [undefined];
  });
  return read.every((item) => item !== undefined) ? read : undefined;
}

function append(
  page: Page,
  object: ts.ObjectLiteralExpression,
  item: string,
  added: readonly ActionKind[],
): Draft {
  if (added.length === 0) return { kind: "unchanged" };
  const edits = appendItems(page.source.text, findPropertyList(object), [item], page.style);
  return { kind: "edits", edits, added };
}

function renderDefaults(style: Style, actions: readonly ActionKind[]): string {
  return `defaults: [${actions.map((action) => quote(style, action)).join(", ")}]`;
}

function quote(style: Style, text: string): string {
  return style.quote + text + style.quote;
}
