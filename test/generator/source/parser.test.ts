import { expect, test } from "vitest";
import { buildFrame, findLocation } from "../../../src/generator/source/code-frame.js";
import { readSource } from "../../../src/generator/source/parser.js";

test("a file that parses is read", () => {
  const reading = readSource("export class User {}\n", "src/user.ts");
  expect(reading.kind).toBe("read");
  expect(reading.source.path).toBe("src/user.ts");
});

test("a syntax error is told with its place and a frame around it", () => {
  const reading = readSource("const a = 1;\nclass User {\n  name = ;\n}\n", "src/user.ts");
  expect(reading).toMatchObject({
    kind: "failed",
    problem: {
      code: "source.syntax",
      message: `"src/user.ts" does not parse at line 3, column 10: Expression expected.`,
      location: { path: "src/user.ts", line: 3, column: 10 },
      frame: [
        "  1 | const a = 1;",
        "  2 | class User {",
        "> 3 |   name = ;",
        "    |          ^",
        "  4 | }",
        "  5 |",
      ].join("\n"),
    },
  });
});

test("lines and columns are those of an editor: a byte order mark and CRLF do not count", () => {
  const text = "\uFEFFconst a = 1;\r\n\tconst = 2;\r\n";
  expect(findLocation("a.ts", text, text.indexOf("const a"))).toMatchObject({ line: 1, column: 1 });
  expect(findLocation("a.ts", text, text.indexOf("= 2"))).toMatchObject({ line: 2, column: 8 });
});

test("the marker stands under its column behind tabs", () => {
  expect(buildFrame("\t\tconst = 2;", { path: "a.ts", line: 1, column: 9 })).toBe(
    "> 1 | \t\tconst = 2;\n    | \t\t      ^",
  );
});

test("line numbers are aligned", () => {
  const text = Array.from({ length: 12 }, (_, index) => `line${index + 1}`).join("\n");
  expect(buildFrame(text, { path: "a.ts", line: 9, column: 1 }).split("\n")).toEqual([
    "   7 | line7",
    "   8 | line8",
    ">  9 | line9",
    "     | ^",
    "  10 | line10",
    "  11 | line11",
  ]);
});

test("markup is parsed where the name of the file allows it", () => {
  expect(readSource("const a = <b>c</b>;", "a.tsx").kind).toBe("read");
  expect(readSource("const a = <b>c</b>;", "a.ts").kind).toBe("failed");
});
