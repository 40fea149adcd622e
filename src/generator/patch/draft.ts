import type { Problem } from "../../support/problem.js";
import type { PatchOutcome } from "../plan.js";
import { buildFrame, findLocation } from "../source/code-frame.js";
import type { Source, ts } from "../source/parser.js";
import { readSource } from "../source/parser.js";
import type { Style } from "../source/style.js";
import { detectStyle } from "../source/style.js";
import type { Edit, Region } from "./edit.js";
import { applyEdits, findRegion } from "./edit.js";
import type { Locals } from "./expression-text.js";
import { breakLines } from "./line-breaker.js";

/** What every patch may be told beside what to add. */
export interface PatchOptions {
  /** Relative to the project's root; it names the file in problems. */
  readonly path: string;
  /** How wide a line may be; 80 where nothing is said. */
  readonly printWidth?: number;
  /** What names that stand in expressions are called in this file, where that differs. */
  readonly locals?: Locals;
}

/** A file about to be patched. */
export interface Page {
  readonly source: Source;
  readonly style: Style;
  readonly locals: Locals;
}

/** What a patch would do to a file that parses. */
export type Draft =
  | { readonly kind: "edits"; readonly edits: readonly Edit[]; readonly added: readonly string[] }
  | { readonly kind: "unchanged" }
  | Refused;

/** A patch that finds no place to go, with every reason. */
export interface Refused {
  readonly kind: "refused";
  readonly refusals: readonly Refusal[];
}

/** Why a patch finds no place to go. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Where it was met. */
  readonly node?: ts.Node;
}

const tabWidth = 2;
const defaultPrintWidth = 80;

/**
 * Runs one patch: parses the text, drafts the edits, applies them and breaks the lines that got too long. A text that
 * does not parse, or has no place for the patch, is left alone, and the problem carries the text to paste.
 *
 * @param draft what to do with a file that parses
 * @param renderPaste what to paste by hand, in the style of the file
 */
export function runPatch(
  text: string,
  options: PatchOptions,
  draft: (page: Page) => Draft,
  renderPaste: (page: Page) => string,
): PatchOutcome {
  const reading = readSource(text, options.path);
  const { source } = reading;
  const page = { source, style: detectStyle(source), locals: options.locals ?? new Map<string, string>() };
  const fail = (problem: Problem): PatchOutcome => {
    const paste = layOut(page, renderPaste(page), options);
    return { kind: "failed", problem: paste === "" ? problem : { ...problem, paste } };
  };
  if (reading.kind === "failed") return fail(reading.problem);
  const drafted = draft(page);
  if (drafted.kind === "refused") return fail(describeRefusals(source, drafted.refusals));
  return drafted.kind === "unchanged" ? drafted : finish(page, drafted, options);
}

/** Several refusals of one patch are one problem, as they have one text to paste. */
function describeRefusals(source: Source, refusals: readonly Refusal[]): Problem {
  const node = refusals.find((refusal) => refusal.node)?.node;
  const location = node && findLocation(source.path, source.text, node.getStart(source.file));
  return {
    code: refusals[0]?.code ?? "patch.refused",
    message: refusals.map(({ message }) => message).join(" "),
    hint: [...new Set(refusals.map(({ hint }) => hint))].join(" "),
    ...(location ? { location, frame: buildFrame(source.text, location) } : {}),
  };
}

function finish(
  page: Page,
  { edits, added }: Extract<Draft, { readonly kind: "edits" }>,
  options: PatchOptions,
): PatchOutcome {
  const text = applyEdits(page.source.text, edits);
  const fitted = edits.find((edit) => edit.fit);
  if (fitted === undefined) return { kind: "changed", text, added };
  return {
    kind: "changed",
    text: layOut(page, text, options, findRegion(page.source.text, edits, fitted)),
    added,
  };
}

function layOut(
  page: Page,
  text: string,
  options: PatchOptions,
  region: Region = { before: 0, after: 0 },
): string {
  const measure = { printWidth: options.printWidth ?? defaultPrintWidth, tabWidth };
  return breakLines(text, page.source.path, region, { style: page.style, measure });
}
