import { describe, expect, test } from "vitest";
import { parseAttribute } from "../../../src/generator/request/attribute-grammar.js";
import { read, refuse } from "./read.js";

const readDefault = (type: string, text: string) =>
  read(parseAttribute, `a:${type}:default(${text})`).default;

describe("a default", () => {
  test.each<[string, string, unknown]>([
    ["string", "it's (new): a, b", "it's (new): a, b"],
    ["string", "", ""],
    ["text", "now", "now"],
    ["integer", "-7", -7],
    ["integer", "2147483647", 2_147_483_647],
    ["bigint", "9007199254740993", 9_007_199_254_740_993n],
    ["float", "-1.5e3", -1500],
    ["decimal", "1234567.89", "1234567.89"],
    ["decimal(4,2)", "-012.30", "-012.30"],
    ["decimal(2,2)", "0.25", "0.25"],
    ["boolean", "false", false],
    ["uuid", "00000000-0000-0000-0000-00000000000A", "00000000-0000-0000-0000-00000000000A"],
    ["time", "23:59:59", "23:59:59"],
    ["json", '{"a":[1,null]}', { a: [1, null] }],
    ["json", "null", null],
    ["enum(draft,done)", "done", "done"],
    ["string[]", '["a","b"]', ["a", "b"]],
    ["enum(a,b)[]", '["b"]', ["b"]],
    ["boolean[]", "[true]", [true]],
  ])("of %s: %s", (type, text, value) => expect(readDefault(type, text)).toEqual({ kind: "value", value }));

  test.each(["datetime", "date"])("of %s may be the moment of the insert", (type) => {
    expect(readDefault(type, "now")).toEqual({ kind: "now" });
  });

  test.each([
    ["string(3)", "long"],
    ["string", "x".repeat(256)],
    ["integer", "1.5"],
    ["integer", "2147483648"],
    ["integer", ""],
    ["bigint", "1e3"],
    ["float", ""],
    ["float", "Infinity"],
    ["float", "1e400"],
    ["decimal", "1."],
    ["decimal(4,2)", "123.4"],
    ["decimal(4,2)", "1.234"],
    ["decimal(4)", "1.5"],
    ["boolean", "yes"],
    ["uuid", "1"],
    ["date", "2026-11-22"],
    ["time", "24:00"],
    ["datetime", "tomorrow"],
    ["json", "{"],
    ["binary", "00"],
    ["enum(a,b)", "c"],
    ["integer[]", "[1.5]"],
    ["integer[]", "1"],
    ["enum(a,b)[]", '["c"]'],
    ["string[]", "{}"],
  ])("of %s is not %s", (type, text) => {
    const [problem, ...others] = refuse(parseAttribute, `a:${type}:default(${text})`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: "attribute.default.invalid",
      message: expect.stringContaining(`The default "${text}" in`),
      hint: expect.stringMatching(/^Write /),
    });
  });
});
