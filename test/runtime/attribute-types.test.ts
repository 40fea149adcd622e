import { describe, expect, it } from "vitest";
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
} from "../../src/runtime/index.js";

describe("an attribute type", () => {
  it.each([
    [string(), { kind: "string" }],
    [string(80), { kind: "string", length: 80 }],
    [text(), { kind: "text" }],
    [integer(), { kind: "integer" }],
    [bigint(), { kind: "bigint" }],
    [float(), { kind: "float" }],
    [decimal(), { kind: "decimal" }],
    [decimal(10), { kind: "decimal", precision: 10 }],
    [decimal(10, 2), { kind: "decimal", precision: 10, scale: 2 }],
    [boolean(), { kind: "boolean" }],
    [uuid(), { kind: "uuid" }],
    [date(), { kind: "date" }],
    [time(), { kind: "time" }],
    [datetime(), { kind: "datetime" }],
    [json(), { kind: "json" }],
    [binary(), { kind: "binary" }],
    [enumeration("open", "done"), { kind: "enum", values: ["open", "done"] }],
    [string(80).array(), { kind: "array", of: { kind: "string", length: 80 } }],
    [integer().array().array(), { kind: "array", of: { kind: "array", of: { kind: "integer" } } }],
  ])("says what it holds as frozen data (%#)", (attribute, type) => {
    expect(attribute.options.type).toStrictEqual(type);
    expect(Object.isFrozen(attribute.options.type)).toBe(true);
  });

  it("freezes the words of an enumeration", () => {
    const { type } = enumeration("open", "done").options;
    expect(type.kind === "enum" && Object.isFrozen(type.values)).toBe(true);
  });
});
