import { describe, expect, it } from "vitest";
import {
  belongsTo,
  hasMany,
  hasOne,
  isAshlarError,
  manyToMany,
  resource,
  string,
  uuid,
  uuidPrimaryKey,
  type AnyResource,
  type RelationshipDefinition,
} from "../../src/runtime/index.js";

class User extends resource({
  table: "users",
  attributes: { id: uuidPrimaryKey(), email: string().required() },
}) {}

class Membership extends resource({
  table: "memberships",
  attributes: { userId: uuid().primaryKey(), groupId: uuid().primaryKey() },
}) {}

class Group extends resource({ table: "groups", attributes: { uid: uuidPrimaryKey(), name: string() } }) {
  static readonly relationships = {
    first: hasOne(() => Membership, { destinationAttribute: "groupId" }),
    memberships: hasMany(() => Membership, { destinationAttribute: "groupId" }),
    named: hasMany(() => User, { sourceAttribute: "name", destinationAttribute: "email" }),
    users: manyToMany(() => User, {
      through: () => Membership,
      sourceAttributeOnJoinResource: "groupId",
      destinationAttributeOnJoinResource: "userId",
    }),
  };
}

class Post extends resource({
  table: "posts",
  attributes: {
    id: uuidPrimaryKey(),
    authorId: uuid(),
    group_id: uuid(),
    writtenBy: string(),
    bothId: uuid(),
    both_id: uuid(),
  },
}) {
  static readonly relationships = {
    author: belongsTo(() => User),
    group: belongsTo(() => Group, { onDelete: "cascade" }),
    both: belongsTo(() => User),
    writer: belongsTo(() => User, { sourceAttribute: "writtenBy", destinationAttribute: "email" }),
  };
}

function findRelationship(resource: AnyResource, name: string): RelationshipDefinition | undefined {
  return resource.definition.relationships.find((relationship) => relationship.name === name);
}

describe("belongsTo", () => {
  it("finds its key in <name>Id, the other's in its primary key, and leaves the other alone on delete", () => {
    expect(findRelationship(Post, "author")).toStrictEqual({
      kind: "belongsTo",
      name: "author",
      destination: User.definition,
      sourceAttribute: "authorId",
      destinationAttribute: "id",
      onDelete: "noAction",
    });
  });

  it("finds its key in <name>_id where only that exists", () => {
    expect(findRelationship(Post, "group")).toMatchObject({
      sourceAttribute: "group_id",
      destinationAttribute: "uid",
      onDelete: "cascade",
    });
    expect(findRelationship(Post, "both")).toMatchObject({ sourceAttribute: "bothId" });
  });

  it("takes both attributes by name", () => {
    expect(findRelationship(Post, "writer")).toMatchObject({
      sourceAttribute: "writtenBy",
      destinationAttribute: "email",
    });
  });
});

describe("hasOne and hasMany", () => {
  it("compare the primary key with the other's attribute", () => {
    const keys = {
      destination: Membership.definition,
      sourceAttribute: "uid",
      destinationAttribute: "groupId",
    };
    expect(findRelationship(Group, "first")).toStrictEqual({ kind: "hasOne", name: "first", ...keys });
    expect(findRelationship(Group, "memberships")).toStrictEqual({
      kind: "hasMany",
      name: "memberships",
      ...keys,
    });
  });

  it("compare another attribute where one is named", () => {
    expect(findRelationship(Group, "named")).toMatchObject({ sourceAttribute: "name" });
  });
});

describe("manyToMany", () => {
  it("goes through the join resource from primary key to primary key", () => {
    expect(findRelationship(Group, "users")).toStrictEqual({
      kind: "manyToMany",
      name: "users",
      destination: User.definition,
      through: Membership.definition,
      sourceAttribute: "uid",
      destinationAttribute: "id",
      sourceAttributeOnJoinResource: "groupId",
      destinationAttributeOnJoinResource: "userId",
    });
  });
});

describe("relationships", () => {
  it("are not resolved before they are read", () => {
    let calls = 0;
    const findUser = () => {
      calls += 1;
      return User;
    };
    class Letter extends resource({
      table: "letters",
      attributes: { id: uuidPrimaryKey(), userId: uuid() },
    }) {
      static readonly relationships = { user: belongsTo(findUser) };
    }
    expect(Letter.definition.name).toBe("Letter");
    expect(calls).toBe(0);
    expect([Letter.definition.relationships, Letter.definition.relationships]).toHaveLength(2);
    expect(calls).toBe(1);
  });

  it("that could not be resolved are tried again, since a module may have been loading", () => {
    const loaded: AnyResource[] = [];
    class Letter extends resource({
      table: "letters",
      attributes: { id: uuidPrimaryKey(), userId: uuid() },
    }) {
      static readonly relationships = { user: belongsTo(() => loaded[0] as AnyResource) };
    }
    expect(() => Letter.definition.relationships).toThrow(
      `The destination of "Letter.user" is not a resource`,
    );
    loaded.push(User);
    expect(Letter.definition.relationships).toHaveLength(1);
  });

  it("tell everything that stands in the way, not the first alone", () => {
    class Letter extends resource({
      table: "letters",
      attributes: { a: uuid().primaryKey(), b: uuid().primaryKey() },
    }) {
      static readonly relationships = {
        membership: belongsTo(() => Membership),
        copies: hasMany(() => User, { destinationAttribute: "email" }),
        early: belongsTo(() => NotYet),
        stranger: { kind: "belongsToMany" },
      };
    }
    expect(readCodes(() => Letter.definition.relationships)).toEqual([
      "relationship.destination_attribute.missing",
      "relationship.source_attribute.missing",
      "relationship.destination.unresolved",
      "relationship.kind.unknown",
    ]);
    class NotYet extends resource({ table: "later", attributes: { id: uuidPrimaryKey() } }) {}
  });

  it("let a mistake inside the function that names a resource through", () => {
    class Letter extends resource({
      table: "letters",
      attributes: { id: uuidPrimaryKey(), userId: uuid() },
    }) {
      static readonly relationships = {
        user: belongsTo((): typeof User => {
          throw new TypeError("boom");
        }),
      };
    }
    expect(() => Letter.definition.relationships).toThrow(TypeError);
  });
});

function readCodes(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (isAshlarError(error)) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}
