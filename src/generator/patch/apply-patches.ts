import type { Problem } from "../../support/problem.js";
import type { PatchOutcome } from "../plan.js";
import { addDefaultActions } from "./actions-patch.js";
import { replaceAttribute } from "./attribute-replacement.js";
import { addResourceToDomain } from "./domain-patch.js";
import type { PatchOptions } from "./draft.js";
import type { Locals } from "./expression-text.js";
import { addImport } from "./import-patch.js";
import type { Patch, PatchKind } from "./patch.js";
import { addRelationships } from "./relationships-patch.js";
import { addAttributes, addIdentities } from "./section-patch.js";
import { addDomainToRepo } from "./repo-patch.js";
import { dropUnusedImports } from "./unused-imports.js";

/** The outcome of several patches of one text: all of them, or none and every problem. */
export type PatchesOutcome =
  | Exclude<PatchOutcome, { readonly kind: "failed" }>
  | { readonly kind: "failed"; readonly problems: readonly Problem[] };

/** How far a run of patches has come. */
interface Progress {
  readonly text: string;
  readonly added: readonly string[];
  /** What the imports met, told apart: they serve the other patches. */
  readonly importProblems: readonly Problem[];
  readonly problems: readonly Problem[];
  readonly locals: Locals;
  /** Has anything but an import been added? */
  readonly hasAdded: boolean;
}

type Step<Kind extends PatchKind> = (
  text: string,
  patch: Extract<Patch, { readonly kind: Kind }>,
  options: PatchOptions,
) => PatchOutcome & { readonly local?: string };

const steps: { readonly [Kind in PatchKind]: Step<Kind> } = {
  import: (text, patch, options) => addImport(text, { ...patch, ...options }),
  relationships: (text, patch, options) => addRelationships(text, { ...patch, ...options }),
  domainResource: (text, patch, options) => addResourceToDomain(text, { ...patch, ...options }),
  attributes: (text, patch, options) => addAttributes(text, { ...patch, ...options }),
  identities: (text, patch, options) => addIdentities(text, { ...patch, ...options }),
  defaultActions: (text, patch, options) => addDefaultActions(text, { ...patch, ...options }),
  attributeReplacement: (text, patch, options) => replaceAttribute(text, { ...patch, ...options }),
  repoDomain: (text, patch, options) => addDomainToRepo(text, { ...patch, ...options }),
};

/**
 * Applies patches to one text, in order. What an import is called in the file is carried into the patches behind it,
 * whose expressions are written with the names that things have in their own files. Imports serve the other patches:
 * where those add nothing, neither do they. An import goes where a replacement took the last use of what it brings in.
 *
 * @param text the whole file
 * @returns the text with every patch applied and what they added, imports left out; `unchanged` where all was there; or
 *   every problem that was met, and then nothing is to be written
 * @example
 * applyPatches(text, { path: "src/accounts/accounts.ts" }, [
 *   { kind: "import", name: "UserTask", specifier: "./user-task.js" },
 *   { kind: "domainResource", domain: "Accounts", resource: "UserTask" },
 * ]);
 */
export function applyPatches(text: string, options: PatchOptions, patches: readonly Patch[]): PatchesOutcome {
  const start: Progress = {
    text,
    added: [],
    importProblems: [],
    problems: [],
    locals: options.locals ?? new Map(),
    hasAdded: patches.every(({ kind }) => kind === "import"),
  };
  const end = patches.reduce((progress, patch) => advance(progress, patch, text, options), start);
  const { problems, importProblems, hasAdded } = end;
  if (problems.length > 0 || (hasAdded && importProblems.length > 0)) {
    return { kind: "failed", problems: mergeSyntaxErrors([...importProblems, ...problems]) };
  }
  if (!hasAdded || end.text === text) return { kind: "unchanged" };
  // Only now: what one replacement takes out, another may bring in.
  const isReplaced = patches.some(({ kind }) => kind === "attributeReplacement");
  const finished = isReplaced ? dropUnusedImports(text, end.text, options.path) : end.text;
  return { kind: "changed", text: finished, added: end.added };
}

function advance(progress: Progress, patch: Patch, original: string, options: PatchOptions): Progress {
  const here = { ...options, locals: progress.locals };
  const outcome = runStep(progress.text, patch, here);
  if (outcome.kind === "failed") {
    const list = patch.kind === "import" ? "importProblems" : "problems";
    // Told as met in the file that people see, not in one that patches before it have written on.
    const told = runStep(original, patch, here);
    const problem = told.kind === "failed" ? told.problem : outcome.problem;
    return { ...progress, [list]: [...progress[list], problem] };
  }
  const locals = patch.kind === "import" ? addLocal(progress.locals, patch.name, outcome.local) : here.locals;
  if (outcome.kind === "unchanged") return { ...progress, locals };
  const { text, added } = outcome;
  return {
    ...progress,
    ...{ locals, text, added: [...progress.added, ...added] },
    hasAdded: progress.hasAdded || patch.kind !== "import",
  };
}

function runStep<Kind extends PatchKind>(
  text: string,
  patch: Extract<Patch, { readonly kind: Kind }>,
  options: PatchOptions,
): ReturnType<Step<Kind>> {
  // The compiler does not see that this very patch has this very kind.
  return steps[patch.kind as Kind](text, patch, options);
}

function addLocal(locals: Locals, name: string, local: string | undefined): Locals {
  return local === undefined || local === name ? locals : new Map([...locals, [name, local]]);
}

/** A file that does not parse is one problem, however many patches met it; what to paste is all of theirs. */
function mergeSyntaxErrors(problems: readonly Problem[]): readonly Problem[] {
  const [first] = problems;
  if (first?.code !== "source.syntax") return problems;
  const pastes = problems.map(({ paste }) => paste).filter((paste) => paste !== undefined);
  const isImport = (paste: string): boolean => paste.startsWith("import ");
  const imports = pastes.filter(isImport).join("\n");
  const blocks = [imports, ...pastes.filter((paste) => !isImport(paste))].filter((block) => block !== "");
  return [blocks.length === 0 ? first : { ...first, paste: blocks.join("\n\n") }];
}
