import { describe, expect, test } from "vitest";
import { renderPatch } from "../../src/testing/render-patch.js";

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
const letters = lines(..."abcdefghijklmnop");

describe("the lines of a patch", () => {
  test("are shown with two lines around them, and what is left out as an ellipsis", () => {
    expect(renderPatch(letters, letters.replace("h\n", "h\nnew\n"))).toBe(
      ["  …", "  g", "  h", "+ new", "  i", "  j", "  …"].join("\n"),
    );
  });

  test("have no ellipsis where the file begins or ends", () => {
    expect(renderPatch(lines("a", "b"), lines("a", "x", "b"))).toBe(["  a", "+ x", "  b"].join("\n"));
  });

  test("of places far apart are told apart", () => {
    const after = letters.replace("a\n", "A\n").replace("p\n", "P\n");
    expect(renderPatch(letters, after)).toBe(
      ["- a", "+ A", "  b", "  c", "  …", "  n", "  o", "- p", "+ P"].join("\n"),
    );
  });

  test("do not show the line ends of a file that has one kind", () => {
    expect(renderPatch("a\r\nb\r\n", "a\r\nx\r\nb\r\n")).toBe(["  a", "+ x", "  b"].join("\n"));
  });

  test("show the line ends of a file that mixes them", () => {
    expect(renderPatch("a\r\nb\r\n", "a\r\nx\nb\r\n")).toContain("+ x");
    expect(renderPatch("a\r\nb\n", "a\nb\n")).toContain("- a␍");
  });

  test("say nothing of a line break that is missing at the end", () => {
    expect(renderPatch("a", "a\nb")).not.toContain("\\");
  });
});
