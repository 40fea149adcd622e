import { join } from "node:path";
import { diffLines } from "diff";
import prettier from "prettier";
import { describe, expect, test } from "vitest";
import { applyPatches, type PatchesOutcome } from "../../../src/generator/patch/apply-patches.js";
import { readSource } from "../../../src/generator/source/parser.js";
import type { Problem } from "../../../src/support/problem.js";
import { findLostText } from "./lost-text.js";
import { readPatchCases, type PatchCase } from "./patch-case.js";

describe.each(readPatchCases())("$name", (patchCase) => {
  const { input, notes } = patchCase;
  const outcome = apply(input, patchCase);

  test(`is ${notes.outcome}`, () => expect(outcome.kind).toBe(notes.outcome));

  if (outcome.kind === "failed") {
    test("says what was met, where, and what to paste", () =>
      expect(outcome.problems.map(renderProblem).join("\n")).toMatchFileSnapshot(
        join(patchCase.folder, "problem.txt"),
      ));
  }

  if (outcome.kind === "changed") {
    const { text } = outcome;

    test("gives the expected file", () =>
      expect(text).toMatchFileSnapshot(join(patchCase.folder, "expected.ts.txt")));

    test("changes nothing the second time", () => expect(apply(text, patchCase).kind).toBe("unchanged"));

    test("still parses", () => expect(readSource(text, "expected.ts").kind).toBe("read"));

    test("adds lines and leaves the others", () => {
      const gone = diffLines(input, text).filter(({ removed }) => removed);
      expect(gone.reduce((sum, { count }) => sum + count, 0)).toBe(notes.touchedLines);
      const kept = [notes.replaces].flat().reduce((rest, gone) => rest.replace(gone, ""), input);
      expect(findLostText(kept, text)).toBe("");
    });

    if (notes.unclean === undefined) {
      test("stays clean under Prettier where it was", async () => {
        if (await isClean(input)) expect(text).toBe(await format(text));
      });
    } else {
      test(`is not as Prettier would have it: ${notes.unclean}`, async () => {
        expect(await isClean(text)).toBe(false);
      });
    }
  }
});

function apply(text: string, { request }: PatchCase): PatchesOutcome {
  const { patches, ...options } = request;
  return applyPatches(text, options, patches);
}

// A file of the other end of line is clean under that setting; anything else is not.
async function isClean(text: string): Promise<boolean> {
  return (await format(text)) === text;
}

function format(text: string): Promise<string> {
  return prettier.format(text, { parser: "typescript", endOfLine: text.includes("\r\n") ? "crlf" : "lf" });
}

function renderProblem({ code, message, hint, location, frame, paste }: Problem): string {
  const at = location ? `${location.path}:${location.line}:${location.column}` : "nowhere in particular";
  return [code, message, hint, at, frame, "--- paste", paste ?? "(nothing)", ""].join("\n");
}
