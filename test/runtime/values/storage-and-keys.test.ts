import { describe, expect, it } from "vitest";
import { binary, datetime, decimal, json, text } from "../../../src/runtime/index.js";
import { findStorageProblem } from "../../../src/runtime/values/storage-problem.js";
import { createValueKey } from "../../../src/runtime/values/value-key.js";
import { define } from "./value-table.js";

describe("findStorageProblem", () => {
  it.each(["1234567890.12345", "100000000000000000000", "-0.000000000000001"])(
    "lets SQLite keep %s",
    (value) => {
      expect(findStorageProblem(define(decimal()), value, "sqlite")).toBeUndefined();
    },
  );

  it.each(["1234567890.123456", `1${"0".repeat(400)}`, `0.${"0".repeat(400)}1`])(
    "refuses on SQLite what it would round (%#)",
    (value) => {
      expect(findStorageProblem(define(decimal()), value, "sqlite")?.code).toBe("value.decimal.inexact");
      expect(findStorageProblem(define(decimal()), value, "postgres")).toBeUndefined();
    },
  );
});

describe("createValueKey", () => {
  it.each([
    [datetime(), new Date(0), new Date(0), new Date(1)],
    [binary(), new Uint8Array([1]), new Uint8Array([1]), new Uint8Array([1, 0])],
    [json(), { a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1 }],
    [text().array(), ["a", "b"], ["a", "b"], ["a,b"]],
  ])("is one for equal values only (%#)", (attribute, value, equal, other) => {
    const keyOf = createValueKey(attribute.options.type);
    expect(keyOf(equal)).toBe(keyOf(value));
    expect(keyOf(other)).not.toBe(keyOf(value));
  });
});
