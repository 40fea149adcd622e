import { describe, expect, it } from "vitest";
import { isResource, resource, string, uuid, uuidPrimaryKey } from "../../src/runtime/index.js";
import { Task, User, UserTask } from "../types/fixtures/recipe.js";

describe("a resource", () => {
  it("is named after the class that extends it", () => {
    expect([User, Task, UserTask].map(({ definition }) => definition.name)).toEqual([
      "User",
      "Task",
      "UserTask",
    ]);
  });

  it("has a definition of plain data", () => {
    class Membership extends resource({
      table: "memberships",
      description: "Who is in which group.",
      attributes: {
        groupId: uuid().primaryKey(),
        userId: uuid().primaryKey(),
        roleName: string().column("role"),
      },
      identities: { uniqueRole: ["groupId", "roleName"] },
      actions: { defaults: ["create", "read"] },
    }) {}
    const { attributes, ...rest } = Membership.definition;
    expect(rest).toEqual({
      name: "Membership",
      table: "memberships",
      description: "Who is in which group.",
      primaryKey: ["groupId", "userId"],
      identities: [{ name: "uniqueRole", attributes: ["groupId", "roleName"] }],
      actions: [
        {
          kind: "create",
          name: "create",
          primary: true,
          accept: ["groupId", "userId", "roleName"],
          arguments: [],
          options: {},
        },
        { kind: "read", name: "read", primary: true, accept: [], arguments: [], options: {} },
      ],
      relationships: [],
    });
    expect(attributes.map(({ name, column }) => [name, column])).toEqual([
      ["groupId", "group_id"],
      ["userId", "user_id"],
      ["roleName", "role"],
    ]);
  });

  it("needs no identities, actions, description or relationships", () => {
    class Tag extends resource({ table: "tags", attributes: { id: uuidPrimaryKey() } }) {}
    expect(Tag.definition).toMatchObject({ identities: [], actions: [], relationships: [] });
    expect(Tag.definition).not.toHaveProperty("description");
  });

  it("has one definition, however often it is read", () => {
    expect(User.definition).toBe(User.definition);
    expect(User.definition.relationships).toBe(User.definition.relationships);
  });

  it("has a definition that is frozen to its depth", () => {
    expect(findUnfrozen(User.definition)).toEqual([]);
    expect(findUnfrozen(UserTask.definition)).toEqual([]);
  });

  it("is told from other classes", () => {
    expect([User, class Other {}, {}, undefined].map(isResource)).toEqual([true, false, false, false]);
  });
});

describe("a record", () => {
  const values = { id: "1", title: "Write", state: "open", points: null } as const;

  it("is an instance of its class with the values as its own properties", () => {
    const task = new Task(values);
    expect(task).toBeInstanceOf(Task);
    expect({ ...task }).toEqual(values);
  });

  it("has the methods that its class adds", () => {
    const moment = new Date(0);
    const user = new User({
      id: "1",
      email: "ada@example.org",
      name: null,
      passwordHash: "…",
      inviterId: null,
      insertedAt: moment,
      updatedAt: moment,
    });
    expect(user.label).toBe("ada@example.org");
  });
});

/** The paths of what could still be changed in a value, each object visited once. */
function findUnfrozen(value: unknown, path = "definition", seen = new Set<unknown>()): string[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const inside = Object.entries(value).flatMap(([key, member]) =>
    findUnfrozen(member, `${path}.${key}`, seen),
  );
  return Object.isFrozen(value) ? inside : [path, ...inside];
}
