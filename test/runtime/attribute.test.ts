import { describe, expect, it } from "vitest";
import { datetime, json, string, uuid } from "../../src/runtime/index.js";

describe("an attribute", () => {
  it("is nullable, public, writable and without a default until it is told otherwise", () => {
    expect(string().options).toStrictEqual({
      type: { kind: "string" },
      required: false,
      primaryKey: false,
      unique: false,
      index: false,
      private: false,
      readOnly: false,
      sensitive: false,
      updatedAutomatically: false,
    });
  });

  it.each([
    ["required", string().required(), { required: true }],
    ["primaryKey", uuid().primaryKey(), { primaryKey: true, required: true }],
    ["unique", string().unique(), { unique: true }],
    ["index", string().index(), { index: true }],
    ["private", string().private(), { private: true }],
    ["readOnly", string().readOnly(), { readOnly: true }],
    ["sensitive", string().sensitive(), { sensitive: true }],
    ["updatedAutomatically", string().updatedAutomatically(), { updatedAutomatically: true }],
    ["column", string().column("mail"), { column: "mail" }],
    ["description", string().description("Where to write."), { description: "Where to write." }],
    ["default", string().default("a"), { default: { kind: "value", value: "a" } }],
    ["generated", datetime().generated("now"), { default: { kind: "generated", by: "now" } }],
  ])("keeps %s beside what it already knew", (_, attribute, options) => {
    const before = attribute.options.type.kind === "uuid" ? uuid() : string();
    expect(attribute.options).toStrictEqual({
      ...before.options,
      type: attribute.options.type,
      ...options,
    });
  });

  it("is a new attribute after every method, the old one as it was", () => {
    const email = string();
    expect(email.required()).not.toBe(email);
    expect(email.options.required).toBe(false);
  });

  it("cannot be changed from outside", () => {
    const email = string().default("a");
    expect([email, email.options, email.options.default].every(Object.isFrozen)).toBe(true);
  });

  it("takes a function as a default that runs in the application", () => {
    const create = () => new Date(0);
    expect(datetime().default(create).options.default).toStrictEqual({ kind: "function", create });
  });

  it("freezes a default value to its depth", () => {
    const given = json<{ panels: string[] }>().default({ panels: ["a"] }).options.default;
    const value = given?.kind === "value" ? (given.value as { panels: string[] }) : { panels: [] };
    expect(() => value.panels.push("b")).toThrow(TypeError);
    expect(value).toStrictEqual({ panels: ["a"] });
  });

  it("leaves dates and bytes inside a default value as they are", () => {
    const moment = new Date(0);
    expect(datetime().default(moment).options.default).toStrictEqual({ kind: "value", value: moment });
    expect(Object.isFrozen(moment)).toBe(false);
  });
});
