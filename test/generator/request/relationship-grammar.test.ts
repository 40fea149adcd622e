import { describe, expect, test } from "vitest";
import { parseRelationship } from "../../../src/generator/request/relationship-grammar.js";
import { read, refuse } from "./read.js";

describe("a relationship", () => {
  test("has a kind, a name and a destination, perhaps with its domain", () => {
    expect(read(parseRelationship, "has_many:tasks:Works.Task")).toEqual({
      ...{ entry: "has_many:tasks:Works.Task", kind: "hasMany", name: "tasks", destination: "Works.Task" },
      ...{ required: false, primaryKey: false },
    });
  });

  test.each(["belongs_to", "belongsTo"])("may be spelled %s", (kind) => {
    expect(read(parseRelationship, `${kind}:user:User`).kind).toBe("belongsTo");
  });

  test("goes through a join resource, named before the destination, where it is many_to_many", () => {
    expect(read(parseRelationship, "many_to_many:tasks:UserTask:Task")).toMatchObject({
      through: "UserTask",
      destination: "Task",
    });
  });

  test("takes modifiers where it holds the key", () => {
    const entry = "belongs_to:user:User:required:primary_key:on_delete(no_action)";
    expect(read(parseRelationship, entry)).toMatchObject({
      required: true,
      primaryKey: true,
      onDelete: "noAction",
    });
  });

  test.each([
    ["has_many:tasks:Task:required", "required"],
    ["has_one:task:Task:primary_key", "primary_key"],
    ["many_to_many:tasks:UserTask:Task:on_delete(cascade)", "on_delete(cascade)"],
  ])("takes none elsewhere: %s", (entry, modifier) => {
    expect(refuse(parseRelationship, entry)).toMatchObject([
      { code: "relationship.modifier.misplaced", message: expect.stringContaining(`"${modifier}"`) },
    ]);
  });

  test.each([
    ["belongs-to:user:User", "belongs_to"],
    ["hasmany:tasks:Task", "has_many"],
    ["many_to_may:tasks:UserTask:Task", "many_to_many"],
  ])("of the kind of %s is refused with %s", (entry, kind) => {
    expect(refuse(parseRelationship, entry)).toMatchObject([
      { code: "relationship.kind.unknown", hint: expect.stringContaining(`Did you mean "${kind}"?`) },
    ]);
  });

  test.each([
    ["belongs_to", "belongs_to:user:User"],
    ["belongs_to:user", "belongs_to:user:User"],
    ["has_many::Task", "has_many:tasks:Task"],
    ["many_to_many:tasks:Task", "many_to_many:tasks:UserTask:Task"],
    ["many_to_many:tasks::Task", "many_to_many:tasks:UserTask:Task"],
  ])("that is not complete is refused with an example: %s", (entry, example) => {
    expect(refuse(parseRelationship, entry)).toMatchObject([
      { code: "relationship.malformed", hint: `Write it like ${example}.` },
    ]);
  });

  test("has each modifier that is unknown refused", () => {
    expect(
      refuse(parseRelationship, "belongs_to:user:User:requird:on_delete(vanish):on_delete"),
    ).toMatchObject([
      { code: "relationship.modifier.unknown", hint: expect.stringContaining('"required"') },
      { code: "relationship.on_delete.unknown", message: expect.stringContaining('"vanish"') },
      { code: "relationship.modifier.unknown" },
    ]);
  });
});
