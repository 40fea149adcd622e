import type { PatchOutcome } from "../plan.js";
import { resolveExpression, unwrapExpression } from "../source/constants.js";
import { findAshlarName } from "../source/imports.js";
import { findElementList } from "../source/lists.js";
import { resolveProperty } from "../source/object-reader.js";
import { ts } from "../source/parser.js";
import type { Source } from "../source/parser.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import { appendItems } from "./list-edit.js";

export interface RepoRequest extends PatchOptions {
  /** The constant of the domain, as imported. */
  readonly domain: string;
}

/**
 * Adds a domain to the `domains` of the repo that a file creates; the import is another patch.
 *
 * @param text the whole file
 * @returns the patched file; unchanged where the domain is there; or a failure with the text to paste
 * @example
 * addDomainToRepo(text, { path: "src/repo.ts", domain: "Works" });
 */
export function addDomainToRepo(text: string, request: RepoRequest): PatchOutcome {
  return runPatch(
    text,
    request,
    (page) => draftDomain(page, request),
    (page) => `domains: [${findLocal(page, request)}],`,
  );
}

function draftDomain(page: Page, request: RepoRequest): Draft {
  const { source, style } = page;
  const array = findDomainArray(source);
  if (array === undefined) return refuse(source);
  const local = findLocal(page, request);
  if (array.elements.some((element) => unwrapExpression(element).getText() === local))
    return { kind: "unchanged" };
  return {
    kind: "edits",
    edits: appendItems(source.text, findElementList(array), [local], style),
    added: [request.domain],
  };
}

function findDomainArray(source: Source): ts.ArrayLiteralExpression | undefined {
  const call = findCall(source, source.file);
  const options = call?.arguments[1] && resolveExpression(source, call.arguments[1]);
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const domains = resolveProperty(source, options, "domains");
  return domains && ts.isArrayLiteralExpression(domains) ? domains : undefined;
}

/** The first call of ashlar's `createRepo`, at any depth: some projects make their repo in a function. */
function findCall(source: Source, node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && findAshlarName(source, node.expression) === "createRepo") return node;
  return ts.forEachChild(node, (child) => findCall(source, child));
}

function findLocal({ locals }: Page, { domain }: RepoRequest): string {
  return locals.get(domain) ?? domain;
}

function refuse({ path }: Source): Draft {
  const refusal = {
    code: "patch.repo.unreadable",
    message: `"${path}" creates a repo, but its domains are not a list that is written out there.`,
    hint: "Add the domain below where the list is made.",
  };
  return { kind: "refused", refusals: [refusal] };
}
