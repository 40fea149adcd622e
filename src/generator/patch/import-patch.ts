import type { PatchOutcome } from "../plan.js";
import { findDeclaredNames } from "../source/declared-names.js";
import type { ImportBinding } from "../source/imports.js";
import { findImportBindings } from "../source/imports.js";
import type { Draft, Page, PatchOptions } from "./draft.js";
import { runPatch } from "./draft.js";
import type { ImportRequest } from "./import-edit.js";
import { draftImport, promoteImport, renderImport } from "./import-edit.js";
import { findModuleKey, findTargets } from "./module-path.js";

export type { ImportRequest } from "./import-edit.js";

/** The outcome of an import: with it, what the imported thing is called in the file. */
export type ImportOutcome =
  | (Exclude<PatchOutcome, { readonly kind: "failed" }> & { readonly local: string })
  | Extract<PatchOutcome, { readonly kind: "failed" }>;

/**
 * Imports a name. An import of the same thing is reused, under whichever name it has in the file; an import of the
 * same module is extended; one that brings in the type only is made to bring in the value where that is wanted.
 *
 * @param text the whole file
 * @returns with `changed` and `unchanged`, the name to use in the file; a failure where the name is taken
 * @example
 * addImport(text, { path: "src/accounts/user.ts", name: "Task", specifier: "../works/task.js" });
 */
export function addImport(text: string, request: ImportRequest & PatchOptions): ImportOutcome {
  let local = request.name;
  const outcome = runPatch(
    text,
    request,
    (page) => {
      const known = findKnown(page, request);
      local = known?.local ?? local;
      return known ? draftKnown(page, known) : draftNew(page, request);
    },
    (page) => renderPaste(page, request),
  );
  return outcome.kind === "failed" ? outcome : { ...outcome, local };
}

/** What the file already calls the thing; with its binding where that is not enough. */
interface Known {
  readonly local: string;
  readonly promote?: ImportBinding;
}

function findKnown({ source }: Page, request: ImportRequest & PatchOptions): Known | undefined {
  const [target] = findTargets(request.specifier, request.path, {});
  if (target === findModuleKey(request.path)) return { local: request.name };
  // Two spellings are one module where both lead to the same file.
  const bindings = findImportBindings(source).filter(
    ({ specifier }) =>
      specifier === request.specifier ||
      (target !== undefined && findTargets(specifier, request.path, {}).includes(target)),
  );
  return findBinding(bindings, request);
}

function findBinding(bindings: readonly ImportBinding[], request: ImportRequest): Known | undefined {
  const imported = request.isDefault ? "default" : request.name;
  const named = bindings.filter((binding) => binding.imported === imported);
  const ready = named.find(({ typeOnly }) => request.typeOnly === true || !typeOnly);
  if (ready) return { local: ready.local };
  const [typed] = named;
  if (typed) return { local: typed.local, promote: typed };
  const whole = bindings.find(({ typeOnly, imported: star }) => star === "*" && !typeOnly);
  return whole && { local: `${whole.local}.${imported}` };
}

function draftKnown(page: Page, { promote }: Known): Draft {
  if (promote === undefined) return { kind: "unchanged" };
  return { kind: "edits", edits: promoteImport(page, promote), added: [] };
}

function draftNew(page: Page, request: ImportRequest & PatchOptions): Draft {
  const taken = findDeclaredNames(page.source).find(({ name }) => name === request.name);
  if (taken === undefined) return { kind: "edits", edits: draftImport(page, request), added: [] };
  const refusal = {
    code: "patch.import.taken",
    message: `"${request.name}" cannot be imported from "${request.specifier}": the name means something else here.`,
    hint: "Import it under another name, as below, and run the command again; or rename the one that is there.",
    node: taken.node,
  };
  return { kind: "refused", refusals: [refusal] };
}

/** What to paste: nothing where the file has it, and under another name where its own is taken. */
function renderPaste(page: Page, request: ImportRequest & PatchOptions): string {
  const { source, style } = page;
  const known = findKnown(page, request);
  if (known && !known.promote) return "";
  const names = new Set(findDeclaredNames(source).map(({ name }) => name));
  const { name } = request;
  if (!names.has(name)) return renderImport(style, request);
  const other = [`${name}Import`, `${name}Import2`].find((candidate) => !names.has(candidate)) ?? name;
  return renderImport(style, { ...request, name: request.isDefault ? other : `${name} as ${other}` });
}
