import { expect, it } from "vitest";
import { readPages } from "./page.js";
import { isCode, readSourceCodes } from "./source-codes.js";

/** The codes in the first column of the tables of a page. */
function listCodes(text: string): readonly string[] {
  return Array.from(text.matchAll(/^\| `([^`]+)`/gm), ([, code = ""]) => code).filter(isCode);
}

it("lists every code that ashlar tells, once, and no other", () => {
  const { whole, patterns } = readSourceCodes();
  const listed = readPages().flatMap(({ path, text }) => listCodes(text).map((code) => ({ path, code })));
  const codes = new Set(listed.map(({ code }) => code));
  const isTold = (code: string) => whole.has(code) || patterns.some((pattern) => pattern.test(code));
  expect({
    missing: [...whole].filter((code) => !codes.has(code)),
    unmatched: patterns.filter((pattern) => ![...codes].some((code) => pattern.test(code))),
    stale: listed.filter(({ code }) => !isTold(code)),
    repeated: listed.filter(({ code }, index) => listed.findIndex((other) => other.code === code) !== index),
  }).toEqual({ missing: [], unmatched: [], stale: [], repeated: [] });
});
