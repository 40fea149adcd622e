import { describe, expect, test } from "vitest";
import { parseCall, splitList, splitOutsideParentheses } from "../../../src/generator/request/split-list.js";

describe("a list", () => {
  test("is split at commas outside parentheses", () => {
    expect(splitList(["price:decimal(10,2),kind:enum(a,b),name"])).toEqual([
      "price:decimal(10,2)",
      "kind:enum(a,b)",
      "name",
    ]);
  });

  test("is the sum of all times that its flag was given", () => {
    expect(splitList(["a,b", "c"])).toEqual(["a", "b", "c"]);
  });

  test("loses white space around its entries, and entries that are empty", () => {
    expect(splitList([" a , b,", "", ","])).toEqual(["a", "b"]);
  });
});

describe("splitting outside parentheses", () => {
  test("knows parentheses inside parentheses", () => {
    expect(splitOutsideParentheses("a(b(c:d):e):f", ":")).toEqual(["a(b(c:d):e)", "f"]);
  });

  test("splits behind a parenthesis that nothing opened", () => {
    expect(splitOutsideParentheses("a):b:c", ":")).toEqual(["a)", "b", "c"]);
  });

  test("keeps what is empty", () => {
    expect(splitOutsideParentheses(":a:", ":")).toEqual(["", "a", ""]);
  });
});

describe("a call", () => {
  test("has a word and perhaps arguments, empty ones too", () => {
    expect(parseCall("string")).toEqual({ word: "string" });
    expect(parseCall("decimal(10,2)")).toEqual({ word: "decimal", args: "10,2" });
    expect(parseCall("default()")).toEqual({ word: "default", args: "" });
  });

  test("may have parentheses and lines in its arguments", () => {
    expect(parseCall("default(a (b)\nc)")).toEqual({ word: "default", args: "a (b)\nc" });
  });

  test.each(["string(80", "string)80(", "string(80)x"])("%s is none", (text) => {
    expect(parseCall(text)).toBeUndefined();
  });
});
