import { describe, expect, it } from "vitest";
import { classifyTypeChange, nameType, type TypeChange } from "../../src/migrations/type-change.js";
import type { AttributeType } from "../../src/runtime/attribute-type.js";

const list = (of: AttributeType): AttributeType => ({ kind: "array", of });
const words = (...values: readonly string[]): AttributeType => ({ kind: "enum", values });
const native = (...values: readonly string[]): AttributeType => ({ kind: "enum", values, native: "mood" });

describe("a change of type", () => {
  it.each<[TypeChange, AttributeType, AttributeType]>([
    ["safe", { kind: "string", length: 10 }, { kind: "string", length: 11 }],
    ["narrowing", { kind: "string" }, { kind: "string", length: 254 }],
    ["safe", { kind: "string" }, { kind: "text" }],
    ["narrowing", { kind: "text" }, { kind: "string" }],
    ["safe", { kind: "integer" }, { kind: "bigint" }],
    ["narrowing", { kind: "bigint" }, { kind: "integer" }],
    ["safe", { kind: "integer" }, { kind: "decimal" }],
    ["narrowing", { kind: "integer" }, { kind: "decimal", precision: 8, scale: 2 }],
    ["narrowing", { kind: "bigint" }, { kind: "float" }],
    ["safe", { kind: "decimal", precision: 8, scale: 2 }, { kind: "decimal", precision: 9, scale: 2 }],
    ["narrowing", { kind: "decimal", precision: 8, scale: 2 }, { kind: "decimal", precision: 8, scale: 3 }],
    ["safe", { kind: "uuid" }, { kind: "string", length: 36 }],
    ["narrowing", { kind: "uuid" }, { kind: "string", length: 35 }],
    ["narrowing", { kind: "string" }, { kind: "uuid" }],
    ["safe", { kind: "date" }, { kind: "datetime" }],
    ["narrowing", { kind: "datetime" }, { kind: "date" }],
    ["narrowing", { kind: "json" }, { kind: "boolean" }],
    ["safe", words("a"), words("a", "b")],
    ["narrowing", words("a", "b"), words("a")],
    ["safe", words("a"), native("a", "b")],
    ["safe", native("open"), { kind: "string", length: 4 }],
    ["narrowing", native("open"), { kind: "string", length: 3 }],
    ["narrowing", { kind: "text" }, { kind: "text", databaseType: "citext" }],
    ["narrowing", { kind: "text", databaseType: "citext" }, { kind: "text" }],
    ["safe", { kind: "text", databaseType: "character varying" }, { kind: "text" }],
    ["safe", { kind: "integer", databaseType: "smallint" }, { kind: "bigint" }],
    ["narrowing", { kind: "integer" }, { kind: "integer", databaseType: "smallint" }],
    ["narrowing", { kind: "integer", databaseType: "smallint" }, { kind: "boolean" }],
    ["safe", list({ kind: "integer" }), list({ kind: "bigint" })],
    ["castless", list({ kind: "integer" }), list({ kind: "uuid" })],
    ["castless", { kind: "integer" }, list({ kind: "integer" })],
    ["castless", list({ kind: "integer" }), { kind: "integer" }],
    ["safe", list({ kind: "integer" }), { kind: "text" }],
    ["castless", { kind: "integer" }, { kind: "uuid" }],
    ["castless", { kind: "boolean" }, { kind: "date" }],
    ["narrowing", { kind: "text" }, { kind: "binary" }],
    ["safe", { kind: "integer" }, { kind: "float" }],
    ["safe", { kind: "boolean" }, { kind: "integer" }],
    ["safe", { kind: "bigint" }, { kind: "decimal", precision: 20, scale: 1 }],
    ["narrowing", { kind: "float" }, { kind: "decimal" }],
    ["narrowing", { kind: "integer" }, words("1")],
    ["narrowing", words("a"), { kind: "integer" }],
    ["narrowing", { kind: "text" }, list({ kind: "text" })],
    ["castless", { kind: "json" }, list({ kind: "text" })],
    ["narrowing", list({ kind: "text" }), { kind: "string" }],
    ["safe", list(words("a")), list(words("a", "b"))],
    ["narrowing", list(words("a", "b")), list(words("a"))],
    ["narrowing", list(list({ kind: "string" })), list(list({ kind: "string", length: 9 }))],
    ["safe", { kind: "decimal", precision: 8, scale: 2 }, { kind: "decimal" }],
    ["narrowing", { kind: "json" }, { kind: "string" }],
    ["safe", { kind: "boolean" }, { kind: "string", length: 5 }],
    ["narrowing", { kind: "boolean" }, { kind: "string", length: 4 }],
    ["safe", words(), { kind: "string", length: 1 }],
    ["safe", { kind: "text", databaseType: "citext" }, { kind: "text", databaseType: "citext" }],
  ])("is %s from %j to %j", (expected, before, after) => {
    expect(classifyTypeChange(before, after)).toBe(expected);
  });
});

describe("the name of a type", () => {
  it.each<[string, AttributeType]>([
    ["string", { kind: "string" }],
    ["string(80)", { kind: "string", length: 80 }],
    ["decimal(10,2)[]", list({ kind: "decimal", precision: 10, scale: 2 })],
    ["enum(draft,done)", words("draft", "done")],
    ["mood", native("draft", "done")],
    ["mood[]", list(native("a"))],
    ["integer[][]", list(list({ kind: "integer" }))],
    ["citext", { kind: "text", databaseType: "citext" }],
  ])("is %s, as --attributes says it", (name, type) => {
    expect(nameType(type)).toBe(name);
  });
});
