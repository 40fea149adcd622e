import { describe, expect, it } from "vitest";
import { resource, string, uuidPrimaryKey } from "../../../src/runtime/index.js";
import { findProblems } from "./find-problems.js";

const attributes = { id: uuidPrimaryKey(), email: string(), tenant: string() };

describe("an identity", () => {
  it("may name any attributes of its resource", () => {
    class User extends resource({
      table: "users",
      attributes,
      identities: { uniqueEmail: ["email", "tenant"], uniqueId: ["id"] },
    }) {}
    expect(findProblems(User)).toEqual([]);
  });

  it("names at least one attribute", () => {
    class User extends resource({
      table: "users",
      attributes,
      // @ts-expect-error an empty identity, as JavaScript would let it be written
      identities: { uniqueNothing: [] },
    }) {}
    expect(findProblems(User)).toEqual([
      {
        code: "identity.attributes.empty",
        message: `The identity "uniqueNothing" of "User" names no attribute.`,
        hint: `Name what is unique: uniqueNothing: ["…"], of id, email, tenant.`,
      },
    ]);
  });

  it("names attributes that exist", () => {
    class User extends resource({
      table: "users",
      attributes,
      // @ts-expect-error attributes that do not exist, as JavaScript would let them be written
      identities: { uniqueEmail: ["emial", "tenent"] },
    }) {}
    expect(findProblems(User)).toEqual([
      {
        code: "identity.attribute.unknown",
        message: `The identity "uniqueEmail" names "emial", which "User" does not have.`,
        hint: "Name one of id, email, tenant, or add the attribute emial; a value that only the application works out no database keeps unique.",
      },
      expect.objectContaining({ message: expect.stringContaining(`"tenent"`) }),
    ]);
  });

  it("names an attribute once", () => {
    class User extends resource({
      table: "users",
      attributes,
      identities: { uniqueEmail: ["email", "tenant", "email"] },
    }) {}
    expect(findProblems(User)).toEqual([
      {
        code: "identity.attribute.duplicate",
        message: `The identity "uniqueEmail" of "User" names "email" twice.`,
        hint: `Name it once: uniqueEmail: ["email","tenant"].`,
      },
    ]);
  });
});
