import { describe, expect, it } from "vitest";
import {
  belongsTo,
  compare,
  create,
  hasMany,
  manageRelationship,
  present,
  read,
  resource,
  setAttribute,
  string,
  update,
  uuid,
  uuidPrimaryKey,
  type Action,
} from "../../../src/runtime/index.js";
import { findProblems } from "./find-problems.js";

const attributes = { id: uuidPrimaryKey(), email: string(), tenant: string() };

/** What is wrong with a resource that has these actions. */
function findActionProblems(actions: Readonly<Record<string, Action>>): string[] {
  class User extends resource({
    table: "users",
    attributes,
    identities: { uniqueEmail: ["email"] },
    // As JavaScript would let them be written.
    actions: actions as Record<string, Action<"create", "email">>,
  }) {
    static readonly relationships = { friends: hasMany(() => User, { destinationAttribute: "tenant" }) };
  }
  return findProblems(User)
    .filter(({ code }) => code.startsWith("action."))
    .map(({ code, message, hint }) => `${code}: ${message} ${hint ?? ""}`);
}

describe("an action", () => {
  it("may use whatever its resource has", () => {
    const problems = findActionProblems({
      read: read({ prepare: (query) => query.filter({ tenant: null }) }),
      put: create({ accept: ["email"], upsert: { identity: "uniqueEmail", fields: ["tenant"] } }),
      join: update({
        arguments: { friendIds: uuid().array() },
        changes: [manageRelationship("friendIds", "friends", { type: "append" })],
        validations: [present("friendIds", "email")],
        primary: true,
      }),
    });
    expect(problems).toEqual([]);
  });

  it("accepts attributes that exist", () => {
    expect(findActionProblems({ register: create({ accept: ["emial"] }) })).toEqual([
      'action.accept.unknown: The action "register" of "User" accepts "emial", which is none of its attributes. Did you mean email?',
    ]);
  });

  it("is the only primary one of its kind", () => {
    const actions = {
      one: update({ primary: true }),
      two: update({ primary: true }),
      make: create({ primary: true }),
    };
    expect(findActionProblems(actions)).toEqual([
      'action.primary.duplicate: The update actions "one" and "two" of "User" are all primary. Take primary: true from all but one.',
    ]);
  });

  it("has no argument by the name of an attribute that it accepts", () => {
    const actions = { register: create({ arguments: { email: string() } }) };
    expect(findActionProblems(actions)).toEqual([
      'action.argument.taken: The action "register" of "User" has an argument "email" and accepts the attribute "email" too. Rename the argument, or leave email out of accept.',
    ]);
    expect(
      findActionProblems({ register: create({ accept: ["tenant"], arguments: { email: string() } }) }),
    ).toEqual([]);
  });

  it("has no argument by a name that means something else", () => {
    expect(findActionProblems({ register: create({ arguments: { constructor: string() } }) })).toEqual([
      'action.argument.reserved: The action "register" of "User" cannot have an argument "constructor". Rename the argument.',
    ]);
  });

  it("upserts attributes that exist by an identity that exists", () => {
    const upsert = { identity: "uniqueEmial", fields: ["nmae"] };
    expect(findActionProblems({ put: create({ upsert }) })).toEqual([
      'action.upsert.identity_unknown: The action "put" of "User" upserts by "uniqueEmial", which is no identity. Did you mean uniqueEmail?',
      'action.upsert.field_unknown: The action "put" of "User" upserts "nmae", which is none of its attributes. There are id, email, tenant.',
    ]);
  });

  it("that reads where none is named wants no argument", () => {
    const mine = read({ arguments: { tenant: string().required() } });
    expect(findActionProblems({ mine })).toEqual([
      'action.primary.arguments: The action "mine" of "User" begins every query, but wants the argument "tenant". Add "read" to the defaults, or give "tenant" a default.',
    ]);
    expect(findActionProblems({ mine, read: read() })).toEqual([]);
  });

  it("changes and validates what exists", () => {
    const actions = {
      register: create({
        changes: [
          setAttribute("rloe", "member"),
          manageRelationship("friendIds", "freinds", { type: "append" }),
        ],
        validations: [present("emial"), compare("email", { lessThan: { attribute: "tennant" } })],
      }),
    };
    expect(findActionProblems(actions).map((text) => text.split(" The action")[0])).toEqual([
      "action.attribute.unknown:",
      "action.argument.unknown:",
      "action.relationship.unknown:",
      "action.attribute.unknown:",
      "action.attribute.unknown:",
    ]);
  });

  it("is not named as the list of the default actions", () => {
    expect(findActionProblems({ defaults: create() })).toEqual([
      'action.name.reserved: "User" cannot have an action "defaults": it is the list of the default actions. Rename the action, or write defaults: ["create", "read", "update", "destroy"].',
    ]);
  });
});

describe("an attribute or a relationship", () => {
  it("is not named as what combines conditions", () => {
    class User extends resource({
      table: "users",
      attributes: { ...attributes, and: string(), or: string() },
    }) {
      static readonly relationships = { not: belongsTo(() => User, { sourceAttribute: "id" }) };
    }
    expect(findProblems(User).map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'attribute.name.reserved: "User" cannot have an attribute "and": the name combines conditions in a filter.',
      'attribute.name.reserved: "User" cannot have an attribute "or": the name combines conditions in a filter.',
      'relationship.name.reserved: "User" cannot have a relationship "not": the name turns a condition round in a filter.',
    ]);
  });
});
