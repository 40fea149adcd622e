import type { PatchOutcome } from "../plan.js";
import { unwrapExpression } from "../source/constants.js";
import type { DomainDeclaration } from "../source/domain-reader.js";
import { findDomainDeclarations, findResourceArray } from "../source/domain-reader.js";
import { findElementList } from "../source/lists.js";
import type { ts } from "../source/parser.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import { appendItems } from "./list-edit.js";

export interface DomainRequest extends PatchOptions {
  /** The constant that holds the domain. */
  readonly domain: string;
  /** The class of the resource, as imported. */
  readonly resource: string;
}

/**
 * Adds a resource to the `resources` of a domain; the import is another patch.
 *
 * @param text the whole file
 * @returns the patched file; unchanged where the resource is there; or a failure with the text to paste
 * @example
 * addResourceToDomain(text, { path: "src/accounts/accounts.ts", domain: "Accounts", resource: "UserTask" });
 */
export function addResourceToDomain(text: string, request: DomainRequest): PatchOutcome {
  return runPatch(
    text,
    request,
    (page) => draftResource(page, request),
    (page) => `resources: [${findLocal(page, request)}],`,
  );
}

function draftResource(page: Page, request: DomainRequest): Draft {
  const { source } = page;
  const declaration = findDomainDeclarations(source).find(({ name }) => name === request.domain);
  if (declaration === undefined) return refuseMissing(page, request.domain);
  const array = findResourceArray(source, declaration);
  if (array === undefined) return refuseUnreadable(declaration);
  const local = findLocal(page, request);
  if (array.elements.some((element) => isNamed(element, local))) return { kind: "unchanged" };
  const edits = appendItems(source.text, findElementList(array), [local], page.style);
  return { kind: "edits", edits, added: [request.resource] };
}

function isNamed(element: ts.Expression, local: string): boolean {
  return unwrapExpression(element).getText() === local;
}

function findLocal({ locals }: Page, { resource }: DomainRequest): string {
  return locals.get(resource) ?? resource;
}

function refuseMissing({ source }: Page, domain: string): Draft {
  const names = findDomainDeclarations(source).map(({ name }) => `"${name}"`);
  const there = names.length === 0 ? "It holds no domain." : `It holds ${names.join(", ")}.`;
  const refusal = {
    code: "patch.domain.missing",
    message: `"${source.path}" has no constant "${domain}" that holds a domain.`,
    hint: `${there} Add the resource below to the domain that is meant.`,
  };
  return { kind: "refused", refusals: [refusal] };
}

function refuseUnreadable({ name, call }: DomainDeclaration): Draft {
  const refusal = {
    code: "patch.domain.unreadable",
    message: `The resources of the domain "${name}" are not a list that is written out in this file.`,
    hint: "Add the resource below where the list is made.",
    node: call,
  };
  return { kind: "refused", refusals: [refusal] };
}
