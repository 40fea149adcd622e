import { describe, expect, it } from "vitest";
import { datetime, integer, resource, string, uuid, uuidPrimaryKey } from "../../../src/runtime/index.js";
import { findProblems } from "./find-problems.js";

const id = uuidPrimaryKey();

describe("the attributes of a resource", () => {
  it("may be as they are where nothing is wrong with them", () => {
    class Thing extends resource({
      table: "things",
      attributes: {
        id,
        _note: string(),
        line2: string(),
        made: datetime().generated("now").updatedAutomatically(),
      },
    }) {}
    expect(findProblems(Thing)).toEqual([]);
  });

  it("need a class with a name around them", () => {
    expect(findProblems(resource({ table: "things", attributes: { id } }))).toEqual([
      {
        code: "resource.name.missing",
        message: `The resource of the table "things" has no name.`,
        hint: "Extend it with a class that has one: class User extends resource({…}) {}.",
      },
    ]);
  });

  it("need a primary key among them", () => {
    class Thing extends resource({ table: "things", attributes: { name: string() } }) {}
    expect(findProblems(Thing)).toEqual([
      {
        code: "resource.primary_key.missing",
        message: `"Thing" has no primary key.`,
        hint: "Add id: uuidPrimaryKey() to its attributes, or .primaryKey() to one that is there.",
      },
    ]);
  });

  it.each(["constructor", "__proto__", "prototype", "then", "$join"])("cannot be named %s", (name) => {
    class Thing extends resource({ table: "things", attributes: { id, [name]: string() } }) {}
    expect(findProblems(Thing)).toEqual([
      {
        code: "attribute.name.reserved",
        message: expect.stringContaining(`"Thing" cannot have an attribute "${name}": the name `),
        hint: `Rename the attribute; .column("${name}") keeps the column.`,
      },
    ]);
  });

  it.each(["first-name", "1st", "name!", "näme", "a b", "_"])("cannot be named %s", (name) => {
    class Thing extends resource({ table: "things", attributes: { id, [name]: string().column("a") } }) {}
    expect(findProblems(Thing)).toEqual([
      {
        code: "attribute.name.invalid",
        message: `"Thing" cannot have an attribute "${name}": a name is letters, digits and underscores.`,
        hint: "Rename the attribute; .column(…) gives the column another name.",
      },
    ]);
  });

  it("have a column each", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id, userId: uuid(), user_id: uuid(), owner: uuid().column("user_id") },
    }) {}
    expect(findProblems(Thing)).toEqual([
      {
        code: "attribute.column.duplicate",
        message: `The attributes userId, user_id, owner of "Thing" are all kept in the column "user_id".`,
        hint: `Remove all but one, or give each its own column with .column("…").`,
      },
    ]);
  });

  it("are generated only by what makes their type", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id: string().primaryKey().generated("uuidV7"), count: integer().generated("now") },
    }) {}
    expect(findProblems(Thing)).toEqual([
      {
        code: "attribute.default.mismatch",
        message: `"Thing.count" holds integer, but "now" makes something else.`,
        hint: `Use .generated("now") on datetime, date, time only.`,
      },
    ]);
  });

  it("are updated automatically only where something makes their value", () => {
    class Thing extends resource({
      table: "things",
      attributes: {
        id,
        counted: integer().default(0).updatedAutomatically(),
        touched: datetime().updatedAutomatically(),
        seen: datetime()
          .default(() => new Date())
          .updatedAutomatically(),
      },
    }) {}
    expect(findProblems(Thing).map(({ code, message }) => [code, message])).toEqual([
      ["attribute.update.impossible", expect.stringContaining(`"Thing.counted"`)],
      ["attribute.update.impossible", expect.stringContaining(`"Thing.touched"`)],
    ]);
  });
});
