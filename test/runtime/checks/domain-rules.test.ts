import { describe, expect, it } from "vitest";
import {
  domain,
  enumeration,
  findDefinitionProblems,
  integer,
  resource,
  string,
  text,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";
import { Accounts, User, UserTask, Works } from "../../types/fixtures/recipe.js";
import { findProblems } from "./find-problems.js";

describe("domains together", () => {
  it("may refer to each other's resources", () => {
    expect(findDefinitionProblems([Accounts, Works])).toEqual([]);
  });

  it("have a name each", () => {
    const again = domain("Accounts", { resources: [] });
    expect(findDefinitionProblems([Accounts, Works, again])).toEqual([
      {
        code: "domain.name.duplicate",
        message: `Two domains are named "Accounts".`,
        hint: "Rename one, or list it once in domains.",
      },
    ]);
  });

  it("list a resource once, and what is wrong with it is told once", () => {
    class Thing extends resource({ table: "things", attributes: {} }) {}
    const problems = findDefinitionProblems([
      domain("One", { resources: [Thing] }),
      domain("Two", { resources: [Thing] }),
    ]);
    expect(problems).toEqual([
      {
        code: "domain.resource.duplicate",
        message: `"Thing" is listed more than once: in One, Two.`,
        hint: "Keep Thing in one domain, once.",
      },
      expect.objectContaining({ code: "resource.primary_key.missing" }),
    ]);
  });

  it("may see one table where they say the same of what both name", () => {
    const id = uuidPrimaryKey();
    class Person extends resource({ table: "people", attributes: { id, name: string() } }) {}
    class Human extends resource({ table: "people", attributes: { id, called: string().column("name") } }) {}
    class Other extends resource({
      schema: "old",
      table: "people",
      attributes: { id: integer().primaryKey() },
    }) {}
    class View extends resource({
      table: "people",
      managed: false,
      attributes: { id: text().primaryKey() },
    }) {}
    expect(findProblems(Person, Human, Other, View)).toEqual([]);
  });

  it("are told where they see one table differently", () => {
    class Person extends resource({
      table: "people",
      attributes: { id: uuidPrimaryKey(), age: integer() },
    }) {}
    class Human extends resource({ table: "people", attributes: { key: uuidPrimaryKey(), age: text() } }) {}
    expect(findProblems(Person, Human)).toEqual([
      {
        code: "resource.table.duplicate",
        message: `The table "people" belongs to Person and Human, which disagree on the primary key and the column "age".`,
        hint: "Say the same in both, or give each resource its own table.",
      },
    ]);
  });

  it("list the same words for one enum type", () => {
    const id = uuidPrimaryKey();
    const state = enumeration("open", "done").native("state");
    class Task extends resource({ table: "tasks", attributes: { id, state } }) {}
    class Bug extends resource({ table: "bugs", attributes: { id, states: state.array() } }) {}
    class Idea extends resource({
      table: "ideas",
      attributes: { id, mood: enumeration("done", "open").native("state") },
    }) {}
    expect(findProblems(Task, Bug)).toEqual([]);
    expect(findProblems(Task, Bug, Idea)).toEqual([
      expect.objectContaining({
        code: "enum.values.conflict",
        message: `"Task.state" and "Idea.mood" list different words for the enum type "state".`,
      }),
    ]);
  });

  it("have a name for each resource", () => {
    const attributes = { id: uuidPrimaryKey() };
    const other = {
      User: class User extends resource({ table: "other_users", attributes }) {},
    };
    expect(findDefinitionProblems([Accounts, Works, domain("Other", { resources: [other.User] })])).toEqual([
      {
        code: "resource.name.duplicate",
        message: `More than one resource is named "User".`,
        hint: "Rename the class of all but one; a bundler that shortens names has to keep those of classes.",
      },
    ]);
  });

  it("hold every resource that a relationship leads to or through", () => {
    expect(findProblems(User, UserTask)).toEqual([
      {
        code: "relationship.destination.no_domain",
        message: `"User.tasks" leads to "Task", which is in no domain of the repo.`,
        hint: "Add Task to the resources of a domain, and that domain to createRepo.",
      },
      expect.objectContaining({ message: expect.stringContaining(`"UserTask.task" leads to "Task"`) }),
    ]);
    expect(findDefinitionProblems([domain("Accounts", { resources: [User] }), Works])).toEqual([
      expect.objectContaining({ code: "relationship.destination.no_domain" }),
      expect.objectContaining({ code: "relationship.through.no_domain" }),
    ]);
  });
});
