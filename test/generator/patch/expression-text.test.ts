import { describe, expect, test } from "vitest";
import { quoteString, styleExpression } from "../../../src/generator/patch/expression-text.js";
import type { Style } from "../../../src/generator/source/style.js";

const style: Style = {
  endOfLine: "\n",
  indent: "  ",
  quote: "'",
  semicolons: true,
  trailingCommas: true,
  bracketSpacing: true,
};

const rename = (expression: string, locals: Readonly<Record<string, string>>): string =>
  styleExpression(expression, style, new Map(Object.entries(locals)));

describe("a name that the file calls otherwise", () => {
  test("is replaced wherever it stands for a value", () => {
    const expression = "manyToMany(() => Task, { through: () => Task.Join })";
    expect(rename(expression, { manyToMany: "a.cross", Task: "Work" })).toBe(
      "a.cross(() => Work, { through: () => Work.Join })",
    );
  });

  test("is kept where it names a property", () => {
    expect(rename("text().text({ text: text(), Task })", { text: "t", Task: "Work" })).toBe(
      "t().text({ text: t(), Task: Work })",
    );
  });
});

test("the braces of objects have the space that the file gives them", () => {
  const tight = { ...style, bracketSpacing: false };
  expect(styleExpression(`f({ a: { b: [1] }, c: {} })`, tight, new Map())).toBe("f({a: {b: [1]}, c: {}})");
});

test("something that is no expression is a fault of the caller", () => {
  expect(() => styleExpression("const a = 1", style, new Map())).toThrow(TypeError);
});

describe("a string", () => {
  test.each([
    [`"plain"`, "'plain'"],
    [`"it's"`, `"it's"`],
    [`"say \\"it's\\""`, `'say "it\\'s"'`],
    [`"say \\"so\\""`, `'say "so"'`],
    [`"a\\\\b\\n"`, `'a\\\\b\\n'`],
  ])("%s is written %s where single quotes are wanted", (literal, expected) => {
    expect(quoteString(literal, "'")).toBe(expected);
  });

  test("keeps its double quotes where those are wanted", () => {
    expect(quoteString(`"plain"`, '"')).toBe(`"plain"`);
  });
});
