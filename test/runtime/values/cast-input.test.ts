import { describe, expect, it } from "vitest";
import type { AnyAttribute } from "../../../src/runtime/attribute.js";
import {
  bigint,
  binary,
  boolean,
  date,
  datetime,
  decimal,
  enumeration,
  float,
  integer,
  json,
  string,
  text,
  time,
  uuid,
} from "../../../src/runtime/index.js";
import { castInput } from "../../../src/runtime/values/cast-input.js";
import { define } from "./value-table.js";

const problemOf = (attribute: AnyAttribute, value: unknown) => {
  const result = castInput(define(attribute), value);
  return result.ok ? undefined : result.problem;
};

const scalars: Readonly<Record<string, AnyAttribute>> = {
  string: string(),
  text: text(),
  integer: integer(),
  bigint: bigint(),
  float: float(),
  decimal: decimal(8, 2),
  boolean: boolean(),
  uuid: uuid(),
  date: date(),
  time: time(),
  datetime: datetime(),
  binary: binary(),
  enum: enumeration("member", "owner"),
};

const neverScalars: readonly unknown[] = [
  {},
  { eq: 1 },
  { toString: () => "1" },
  JSON.parse('{"__proto__":1}'),
  [],
  ["a"],
  [1],
  null,
  undefined,
  Symbol("a"),
  () => 1,
  NaN,
];

describe("castInput", () => {
  it.each(Object.entries(scalars))("refuses objects, arrays and the like for %s", (_, attribute) => {
    for (const value of neverScalars) expect(problemOf(attribute, value), String(typeof value)).toBeDefined();
  });

  it.each([
    ["NUL in a text", text(), "a\0b", "value.text.nul"],
    ["half a pair in a text", string(), "a\ud800", "value.text.malformed"],
    ["too many characters", string(3), "😀😀😀😀", "value.text.long"],
    ["256 characters where none are declared", string(), "x".repeat(256), "value.text.long"],
    ["a fraction", integer(), 1.5, "value.number.fraction"],
    ["1e400", integer(), JSON.parse("1e400"), "value.number.fraction"],
    ["more than 32 bits", integer(), 2 ** 31, "value.number.range"],
    ["digits for an integer", integer(), "1", "value.type.wrong"],
    ["more than 64 bits", bigint(), 2n ** 63n, "value.number.range"],
    ["less than 64 bits", bigint(), "-9223372036854775809", "value.number.range"],
    ["a number that has lost digits", bigint(), 2 ** 53, "value.type.wrong"],
    ["a million digits", bigint(), "9".repeat(1_000_000), "value.type.wrong"],
    ["an empty text for a bigint", bigint(), "", "value.type.wrong"],
    ["infinity", float(), JSON.parse("1e400"), "value.number.infinite"],
    ["a number for a decimal", decimal(8, 2), 12.5, "value.type.wrong"],
    ["an exponent", decimal(8, 2), "1e3", "value.decimal.malformed"],
    ["what would be rounded", decimal(8, 2), "1.005", "value.decimal.scale"],
    ["too many digits", decimal(8, 2), "1000000", "value.decimal.precision"],
    ["too many digits anywhere", decimal(), "1".repeat(1001), "value.decimal.precision"],
    ["zeros without end", decimal(), `${"0".repeat(500_000)}x`, "value.decimal.malformed"],
    ["1 for true", boolean(), 1, "value.type.wrong"],
    ["a UUID in braces", uuid(), "{0197aaaa-bbbb-7ccc-8ddd-eeeeffff0001}", "value.uuid.malformed"],
    ["a UUID and a line break", uuid(), "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0001\n", "value.uuid.malformed"],
    ["a day that is none", date(), "2026-02-29", "value.date.unreal"],
    ["the year 0", date(), "0000-01-01", "value.date.unreal"],
    ["a moment for a day", date(), "2026-11-22T00:00:00Z", "value.date.malformed"],
    ["a Date for a day", date(), new Date(), "value.type.wrong"],
    ["24:00", time(), "24:00", "value.time.malformed"],
    ["nanoseconds", time(), "14:30:00.1234567", "value.time.malformed"],
    ["an invalid Date", datetime(), new Date(NaN), "value.datetime.malformed"],
    ["a moment without a zone", datetime(), "2026-11-22T19:00:00", "value.datetime.malformed"],
    ["a moment on no day", datetime(), "2026-02-30T19:00:00Z", "value.datetime.malformed"],
    ["milliseconds for a moment", datetime(), 0, "value.type.wrong"],
    ["the year 10000", datetime(), new Date(253_402_300_800_000), "value.datetime.range"],
    ["the year 0 by its zone", datetime(), "0001-01-01T00:00:00+01:00", "value.datetime.range"],
    ["an unknown word", enumeration("a", "b"), "c", "value.enum.unknown"],
    ["a word of every object", enumeration("a", "b"), "constructor", "value.enum.unknown"],
    ["a text for bytes", binary(), "abc", "value.type.wrong"],
    ["words of 16 bits for bytes", binary(), new Uint16Array(1), "value.type.wrong"],
    ["one value for an array", text().array(), "a", "value.type.wrong"],
    ["what looks like an array", text().array(), { 0: "a", length: 1 }, "value.type.wrong"],
  ])("refuses %s", (_, attribute, value, code) => {
    expect(problemOf(attribute, value)).toMatchObject({ code, path: [] });
  });

  it.each([
    ["a null", text().array(), ["a", null], "value.array.null", [1]],
    ["a hole", text().array(), Array(1), "value.array.null", [0]],
    ["a wrong element", integer().array(), [1, "2"], "value.type.wrong", [1]],
    [
      "a wrong element of an inner array",
      integer().array().array(),
      [[1], ["2"]],
      "value.type.wrong",
      [1, 0],
    ],
    ["rows of different lengths", integer().array().array(), [[1], [2, 3]], "value.array.uneven", [1]],
    ["an empty row", integer().array().array(), [[]], "value.array.uneven", [0]],
    ["undefined", json(), { a: undefined }, "value.json.unsupported", ["a"]],
    ["a function", json(), [() => 1], "value.json.unsupported", [0]],
    ["a bigint", json(), { a: [1n] }, "value.json.unsupported", ["a", 0]],
    ["NaN", json(), [NaN], "value.json.unsupported", [0]],
    ["a Date", json(), { at: new Date() }, "value.json.unsupported", ["at"]],
    ["a Map", json(), new Map(), "value.json.unsupported", []],
    ["bytes", json(), [new Uint8Array(1)], "value.json.unsupported", [0]],
    ["NUL in a text", json(), ["\0"], "value.text.nul", [0]],
    ["NUL in a key", json(), { a: { "\0": 1 } }, "value.text.nul", ["a"]],
    ["half a pair in a text", json(), { a: "\udc00" }, "value.text.malformed", ["a"]],
    ["a wrong element of json", json().array(), [{ a: NaN }], "value.json.unsupported", [0, "a"]],
  ])("says where it met %s", (_, attribute, value, code, path) => {
    expect(problemOf(attribute, value)).toMatchObject({ code, path });
  });

  it("refuses json that stands inside itself, or too deep", () => {
    const circle: unknown[] = [];
    circle.push({ circle });
    expect(problemOf(json(), circle)).toMatchObject({ code: "value.json.circular", path: [0, "circle"] });
    expect(problemOf(json(), nest(501))?.code).toBe("value.json.deep");
    expect(problemOf(json(), nest(100_000))?.code).toBe("value.json.deep");
    expect(problemOf(json(), nest(500))).toBeUndefined();
  });

  it("takes what stands twice in json for two copies", () => {
    const shared = { a: 1 };
    expect(castInput(define(json()), [shared, shared])).toStrictEqual({
      ok: true,
      value: [{ a: 1 }, { a: 1 }],
    });
  });

  it("keeps an own key __proto__ without giving anything a prototype", () => {
    const result = castInput(define(json()), JSON.parse('{"__proto__":{"admin":true}}'));
    const value = (result.ok ? result.value : undefined) as { admin?: boolean };
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value.admin).toBeUndefined();
  });

  it("gives records a json, a Date and bytes of their own kind", () => {
    const given = { list: [1] };
    const moment = new Date();
    expect(castInput(define(json()), given)).not.toHaveProperty(
      "value.list",
      expect.toSatisfy((l) => l === given.list),
    );
    expect(castInput(define(datetime()), moment)).not.toHaveProperty(
      "value",
      expect.toSatisfy((m) => m === moment),
    );
    const bytes = castInput(define(binary()), Buffer.from("a"));
    expect(bytes.ok && Buffer.isBuffer(bytes.value)).toBe(false);
  });
});

describe("what castInput says", () => {
  it.each([
    [integer(), 1.5, '"given" must be a whole number of 32 bits, not 1.5.'],
    [text(), { password: "hunter2" }, '"given" must be a text, not an object.'],
    [uuid(), "x".repeat(100), `"given" must be a UUID of 36 characters, not "${"x".repeat(40)}…".`],
    [enumeration("member", "owner"), "onwer", '"given" must be one of "member", "owner", not "onwer".'],
    [text().array(), ["a", 1], '"given[1]" must be a text, not 1.'],
    [
      json(),
      { a: [{ "b c": "\0" }] },
      '"given.a[0]["b c"]" must be a text without the character NUL, not "\\u0000".',
    ],
    [integer().array().array(), [[1], []], '"given[1]" must be an array as long as the first.'],
  ])("quotes shortly what was given (%#)", (attribute, value, message) => {
    expect(problemOf(attribute, value)?.message).toBe(message);
  });

  it("hints at what to pass instead", () => {
    expect(problemOf(enumeration("member", "owner"), "onwer")?.hint).toBe('Did you mean "owner"?');
    expect(problemOf(decimal(8, 2), 1e21)?.hint).toBe('Pass it as a string: "1000000000000000000000".');
    expect(problemOf(bigint(), 2 ** 53)?.hint).toContain("bigint");
  });

  it.each([
    [text(), "secret\0", []],
    [string(3), "secret", []],
    [integer(), "secret", []],
    [bigint(), "secret", []],
    [decimal(8, 2), 123.456, []],
    [decimal(8, 2), "123.456", []],
    [uuid(), "secret", []],
    [enumeration("member", "secretary"), "secretari", []],
    [datetime(), "secret", []],
    [json(), { secret: [NaN] }, []],
    [json().array(), [{ secret: NaN }], [0]],
    [text().array(), ["secret\0"], [0]],
  ])("tells nothing of what is sensitive (%#)", (attribute, value, path) => {
    const problem = problemOf({ ...attribute, options: { ...attribute.options, sensitive: true } }, value);
    expect(JSON.stringify({ ...problem, code: "" })).not.toMatch(/secret(?!ary)|123|Did you mean/);
    expect(problem?.path).toEqual(path);
  });
});

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
