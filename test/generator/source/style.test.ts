import { describe, expect, test } from "vitest";
import { parseSource } from "../../../src/generator/source/parser.js";
import { detectHabits, detectStyle } from "../../../src/generator/source/style.js";

const detect = (text: string) => detectStyle(parseSource(text, "a.ts"));

test("a file that says nothing is as Prettier would have it", () => {
  expect(detect("")).toEqual({
    endOfLine: "\n",
    indent: "  ",
    quote: '"',
    semicolons: true,
    trailingCommas: true,
    bracketSpacing: true,
  });
});

test("a file has only the habits that it shows", () => {
  const nothing = {
    endOfLine: undefined,
    indent: undefined,
    quote: undefined,
    semicolons: undefined,
    trailingCommas: undefined,
    bracketSpacing: undefined,
  };
  expect(detectHabits(parseSource("", "a.ts"))).toEqual(nothing);
  expect(detectHabits(parseSource("import a from 'a'\n", "a.ts"))).toEqual({
    ...nothing,
    ...{ endOfLine: "\n", quote: "'", semicolons: false },
  });
});

describe("what most of a file does is its style", () => {
  test("ends of lines", () => {
    expect(detect("a;\r\nb;\r\nc;\n").endOfLine).toBe("\r\n");
    expect(detect("a;\r\nb;\nc;\n").endOfLine).toBe("\n");
  });

  test("indentation, whatever comments and broken lines add to it", () => {
    expect(detect("class A {\n\ta = {\n\t\tb: 1,\n\t};\n}").indent).toBe("\t");
    expect(
      detect("class A {\n    /**\n     * Odd.\n     */\n    a = {\n        b: 1,\n    };\n}").indent,
    ).toBe("    ");
    expect(detect("const a = {\n   b: 1,\n};").indent).toBe("   ");
    expect(detect("f(a,\n         b);\nclass A {\n  b = 1;\n}").indent).toBe("  ");
  });

  test("quotes, but not those that spare an escape", () => {
    expect(detect(`import a from 'a'; const b = ["it's", "the 'b'"];`).quote).toBe("'");
    expect(detect(`const a = "a"; const b = 'b'; const c = "c";`).quote).toBe('"');
  });

  test("semicolons", () => {
    expect(detect("import a from 'a'\nconst b = 1\nfoo()").semicolons).toBe(false);
    expect(detect("import a from 'a';\nclass A {\n  b = 1;\n}\nfoo()").semicolons).toBe(true);
  });

  test("trailing commas, by lists over lines alone", () => {
    expect(detect("const a = { b: 1 };\nconst c = [\n  1\n];").trailingCommas).toBe(false);
    expect(detect("const a = { b: 1 };\nconst c = [\n  1,\n];").trailingCommas).toBe(true);
  });

  test("space in braces", () => {
    expect(detect("import {a} from 'a';\nconst b = [1];").bracketSpacing).toBe(false);
    expect(detect("import { a } from 'a';").bracketSpacing).toBe(true);
  });
});
