import { fc } from "../../fast-check.js";
import { describe, expect, test } from "vitest";
import { readJson } from "../../../src/host/settings/json-reader.js";

describe("JSON that is well formed", () => {
  test("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, "\t"), (text, indent) => {
        const value: unknown = JSON.parse(text);
        const spaced = JSON.stringify(value, null, indent);
        expect(readJson(spaced)).toMatchObject({ kind: "read", value });
      }),
    );
  });

  test("comes with the place of each key of its top level", () => {
    const reading = readJson('\uFEFF{ "a": { "b": 1 }, "c": [] }');
    expect(reading).toEqual({
      kind: "read",
      value: { a: { b: 1 }, c: [] },
      keys: new Map([
        ["a", 3],
        ["c", 20],
      ]),
    });
  });
});

describe("JSON that is not well formed", () => {
  test("fails wherever JSON.parse fails", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", ",", "}", '"', "x", "//", "\\", "\n"),
        (text, at, noise) => {
          const offset = at % (text.length + 1);
          const broken = text.slice(0, offset) + noise + text.slice(offset + 1);
          const reading = readJson(broken);
          if (!isJson(broken)) expect(reading.kind).toBe("failed");
          else if (reading.kind === "failed") expect(reading.message).toContain("a second time");
        },
      ),
    );
  });

  test.each([
    ['{ "a": 1, }', 10, "a comma stands before the closing }"],
    ["[1,]", 3, "a comma stands before the closing ]"],
    ['{ "a": 1 "b": 2 }', 9, "a comma or the closing } belongs here"],
    ["{ a: 1 }", 2, "a name in double quotes belongs here"],
    ["{ 'a': 1 }", 2, "a name in double quotes belongs here"],
    ['{ "a" 1 }', 6, "a colon belongs here"],
    ['{ "a": yes }', 7, "a value belongs here"],
    ['{ "a": 01 }', 7, "a value belongs here"],
    ['{ "a": "line\nbreak" }', 7, "a value belongs here"],
    ['{ "a": 1, // why\n "b": 2 }', 10, "JSON has no comments"],
    ['{ "a": 1', 8, "the file ends where a comma or the closing } belongs"],
    ["", 0, "the file ends where a value belongs"],
    ["{} {}", 3, "there is more after the end"],
  ])("%j says where and what", (text, offset, message) => {
    expect(readJson(text)).toEqual({ kind: "failed", offset, message });
  });

  test("a key that stands twice fails, since one of the two would be lost", () => {
    expect(readJson('{ "a": 1, "a": 2 }')).toEqual({
      kind: "failed",
      offset: 10,
      message: '"a" stands here a second time',
    });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
