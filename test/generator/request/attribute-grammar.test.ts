import { describe, expect, test } from "vitest";
import { parseAttribute } from "../../../src/generator/request/attribute-grammar.js";
import { read, refuse } from "./read.js";

const readType = (type: string) => read(parseAttribute, `a:${type}`).type;
const refuseType = (type: string) => refuse(parseAttribute, `a:${type}`);

describe("an attribute", () => {
  test("has a name, a type and nothing else unless it is said", () => {
    expect(read(parseAttribute, "email:string")).toEqual({
      ...{ entry: "email:string", name: "email", type: { kind: "string" } },
      ...{
        required: false,
        primaryKey: false,
        unique: false,
        index: false,
        private: false,
        sensitive: false,
      },
      uuidV7: false,
    });
  });

  test("may be a name alone: its type may follow from a reference", () => {
    expect(read(parseAttribute, "user_id")).toMatchObject({ name: "user_id" });
    expect(read(parseAttribute, "user_id")).not.toHaveProperty("type");
  });

  test("takes every modifier, in any order and any case", () => {
    const entry = "a:string:sensitive:PRIVATE:index:unique:Primary_Key:required:column(b)";
    expect(read(parseAttribute, entry)).toMatchObject({
      ...{ required: true, primaryKey: true, unique: true, index: true, private: true, sensitive: true },
      column: "b",
    });
  });

  test("takes the last word on whether it is public", () => {
    expect(read(parseAttribute, "a:string:private:public").private).toBe(false);
    expect(read(parseAttribute, "a:string:public:private").private).toBe(true);
  });

  test.each(["a:", "a::required", ":", "a:string:", "a:string::unique"])(
    "of the form %s is malformed",
    (entry) => {
      expect(refuse(parseAttribute, entry)).toMatchObject([{ code: "attribute.malformed" }]);
    },
  );

  test("has every modifier that is unknown refused, with the one that was meant", () => {
    expect(refuse(parseAttribute, "a:string:requird:uniqe:required(yes)")).toMatchObject([
      { message: '"requird" in "a:string:requird:uniqe:required(yes)" is not an attribute modifier.' },
      { hint: expect.stringContaining('Did you mean "unique"?') },
      { message: expect.stringContaining('"required(yes)"') },
    ]);
  });
});

describe("a type", () => {
  test.each([
    ["string", { kind: "string" }],
    ["string(80)", { kind: "string", length: 80 }],
    ["decimal", { kind: "decimal" }],
    ["decimal(10)", { kind: "decimal", precision: 10 }],
    ["decimal(10,2)", { kind: "decimal", precision: 10, scale: 2 }],
    ["decimal( 10 , 0 )", { kind: "decimal", precision: 10, scale: 0 }],
    ["enum(draft,in-review,done_2)", { kind: "enum", values: ["draft", "in-review", "done_2"] }],
    ["uuid[]", { kind: "array", of: { kind: "uuid" } }],
    ["decimal(4,1)[]", { kind: "array", of: { kind: "decimal", precision: 4, scale: 1 } }],
    ["string[][]", { kind: "array", of: { kind: "array", of: { kind: "string" } } }],
  ])("%s is read", (text, type) => expect(readType(text)).toEqual(type));

  test("may be a list by a modifier", () => {
    expect(readType("integer:array")).toEqual({ kind: "array", of: { kind: "integer" } });
  });

  test.each([
    ["varchar(20)", { kind: "string", length: 20 }],
    ["INT", { kind: "integer" }],
    ["numeric(8,3)", { kind: "decimal", precision: 8, scale: 3 }],
    ["utc_datetime", { kind: "datetime" }],
    ["jsonb", { kind: "json" }],
  ])("%s is known by the name that it has elsewhere", (text, type) => expect(readType(text)).toEqual(type));

  test("uuid_v7 is a uuid that remembers its version", () => {
    expect(read(parseAttribute, "a:uuid_v7")).toMatchObject({ type: { kind: "uuid" }, uuidV7: true });
  });

  test("that is unknown is refused with the nearest one, or else with all of them", () => {
    expect(refuseType("strng")).toMatchObject([
      {
        code: "attribute.type.unknown",
        hint: expect.stringMatching(/^Did you mean "string"\? Types: string, text,/),
      },
    ]);
    expect(refuseType("polygon")).toMatchObject([{ hint: expect.stringMatching(/^Types: string, text,/) }]);
  });

  test.each([
    ["string(80,2)", "gives string more than it takes: one number"],
    ["integer(4)", "gives integer more than it takes: nothing"],
    ["string(x)", '"x" in "a:string(x)" is not a whole number'],
    ["string(-1)", '"-1" in "a:string(-1)" is not a whole number'],
    ["string()", '"" in "a:string()" is not a whole number'],
    ["string(0)", "is out of range: a string has from 1 to 10485760 characters"],
    ["decimal(1001)", "is out of range: a decimal has from 1 to 1000 digits"],
    ["decimal(2,10)", "asks for 10 digits after the point out of 2 in all"],
    ["enum", "needs the enum's values"],
    ["enum()", "needs the enum's values"],
    ["enum(a,a)", "needs the enum's values, each once"],
    ["enum(a b)", 'of letters, digits, "_" and "-"'],
    ["string(80", "has parentheses that do not match"],
  ])("%s is refused: it %s", (text, message) => {
    expect(refuseType(text)).toMatchObject([
      { message: expect.stringContaining(message), hint: expect.any(String) },
    ]);
  });
});
