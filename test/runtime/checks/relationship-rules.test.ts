import { describe, expect, it } from "vitest";
import {
  belongsTo,
  decimal,
  hasMany,
  integer,
  manyToMany,
  resource,
  string,
  text,
  uuid,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";
import { findProblems } from "./find-problems.js";

const id = uuidPrimaryKey();

class User extends resource({
  table: "users",
  attributes: { id, email: string(80).required(), code: text().unique(), name: string() },
  identities: { uniqueEmail: ["email"], uniqueName: ["name", "code"] },
}) {}

class Group extends resource({ table: "groups", attributes: { id } }) {}

class Membership extends resource({
  table: "memberships",
  attributes: { userId: uuid().primaryKey(), groupId: uuid().primaryKey(), rank: integer() },
}) {}

describe("a relationship", () => {
  it("that could not be resolved is told with the reason", () => {
    class Post extends resource({ table: "posts", attributes: { id, membershipId: uuid() } }) {
      static readonly relationships = { membership: belongsTo(() => Membership) };
    }
    expect(findProblems(Post, Membership)).toEqual([
      {
        code: "relationship.destination_attribute.missing",
        message: `"Post.membership" cannot tell its destinationAttribute: "Membership" has a primary key of 2 attributes.`,
        hint: `Name the attribute of Membership: { destinationAttribute: "…" }.`,
      },
    ]);
  });

  it("cannot have the name of an attribute", () => {
    class Post extends resource({ table: "posts", attributes: { id, user: uuid() } }) {
      static readonly relationships = { user: belongsTo(() => User, { sourceAttribute: "user" }) };
    }
    expect(findProblems(Post, User)).toEqual([
      {
        code: "relationship.name.taken",
        message: `"Post" has both an attribute and a relationship "user".`,
        hint: "Rename one: an attribute that holds a key is often userId.",
      },
    ]);
  });

  it("cannot have a reserved name", () => {
    class Post extends resource({ table: "posts", attributes: { id, userId: uuid() } }) {
      static readonly relationships = { $join: belongsTo(() => User, { sourceAttribute: "userId" }) };
    }
    expect(findProblems(Post, User)).toEqual([
      {
        code: "relationship.name.reserved",
        message: `"Post" cannot have a relationship "$join": the name holds the join row of what a manyToMany loads.`,
        hint: "Rename the relationship.",
      },
    ]);
  });

  it("needs its attribute on this resource", () => {
    class Post extends resource({ table: "posts", attributes: { id } }) {
      static readonly relationships = { user: belongsTo(() => User) };
    }
    expect(findProblems(Post, User)).toEqual([
      {
        code: "relationship.source_attribute.unknown",
        message: `"Post.user" needs the attribute "userId", which "Post" does not have.`,
        hint: `Add userId to Post, or say { sourceAttribute: "…" } with one of id.`,
      },
    ]);
  });

  it("needs its attributes on the other resource and on the join resource", () => {
    class Post extends resource({ table: "posts", attributes: { id } }) {
      static readonly relationships = {
        // @ts-expect-error an attribute that does not exist, as JavaScript would let it be written
        users: hasMany(() => User, { destinationAttribute: "postId" }),
        // @ts-expect-error an attribute that does not exist, as JavaScript would let it be written
        self: belongsTo(() => Post, { sourceAttribute: "id", destinationAttribute: "uid" }),
        groups: manyToMany(() => Group, {
          through: () => Membership,
          // @ts-expect-error an attribute that does not exist, as JavaScript would let it be written
          sourceAttributeOnJoinResource: "postId",
          // @ts-expect-error an attribute that does not exist, as JavaScript would let it be written
          destinationAttributeOnJoinResource: "groupID",
        }),
      };
    }
    expect(findProblems(Post, User, Group, Membership).map(({ code, message }) => [code, message])).toEqual([
      [
        "relationship.destination_attribute.unknown",
        `"Post.users" needs the attribute "postId", which "User" does not have.`,
      ],
      [
        "relationship.destination_attribute.unknown",
        `"Post.self" needs the attribute "uid", which "Post" does not have.`,
      ],
      [
        "relationship.source_attribute_on_join_resource.unknown",
        `"Post.groups" needs the attribute "postId", which "Membership" does not have.`,
      ],
      [
        "relationship.destination_attribute_on_join_resource.unknown",
        `"Post.groups" needs the attribute "groupID", which "Membership" does not have.`,
      ],
    ]);
  });

  it("compares attributes of one type, on both sides of a join resource too", () => {
    class Post extends resource({
      table: "posts",
      attributes: { id: integer().primaryKey(), userId: decimal(), codes: string().array(), email: text() },
    }) {
      static readonly relationships = {
        user: belongsTo(() => User),
        coded: belongsTo(() => User, { sourceAttribute: "codes", destinationAttribute: "code" }),
        mailed: belongsTo(() => User, { sourceAttribute: "email", destinationAttribute: "email" }),
        groups: manyToMany(() => Group, {
          through: () => Membership,
          sourceAttributeOnJoinResource: "userId",
          destinationAttributeOnJoinResource: "rank",
        }),
      };
    }
    const problems = findProblems(Post, User, Group, Membership);
    expect(problems[0]).toEqual({
      code: "relationship.type.mismatch",
      message: `"Post.user" compares "Post.userId" (decimal) with "User.id" (uuid).`,
      hint: "Give Post.userId and User.id the same type.",
    });
    expect(problems.map(({ message }) => message).slice(1)).toEqual([
      `"Post.coded" compares "Post.codes" (string[]) with "User.code" (string).`,
      `"Post.groups" compares "Post.id" (integer) with "Membership.userId" (uuid).`,
      `"Post.groups" compares "Group.id" (uuid) with "Membership.rank" (integer).`,
    ]);
  });

  it("needs two attributes of its join resource, not one twice", () => {
    class Friend extends resource({ table: "friends", attributes: { id } }) {
      static readonly relationships = {
        friends: manyToMany(() => Friend, {
          through: () => Membership,
          sourceAttributeOnJoinResource: "userId",
          destinationAttributeOnJoinResource: "userId",
        }),
      };
    }
    expect(findProblems(Friend, Membership)).toEqual([
      {
        code: "relationship.join_attributes.same",
        message: `"Friend.friends" uses "Membership.userId" for both ends.`,
        hint: "Name a different attribute of Membership for each: userId, groupId, rank.",
      },
    ]);
  });

  it("belongs to what is unique: a key, a unique attribute or an identity of one", () => {
    class Post extends resource({
      table: "posts",
      attributes: { id, userId: uuid(), email: string(), code: string(), name: string() },
    }) {
      static readonly relationships = {
        user: belongsTo(() => User),
        mailed: belongsTo(() => User, { sourceAttribute: "email", destinationAttribute: "email" }),
        coded: belongsTo(() => User, { sourceAttribute: "code", destinationAttribute: "code" }),
        named: belongsTo(() => User, { sourceAttribute: "name", destinationAttribute: "name" }),
      };
    }
    expect(findProblems(Post, User)).toEqual([
      {
        code: "relationship.destination_attribute.not_unique",
        message: `"Post.named" refers to "User.name", which need not be unique.`,
        hint: "Add .unique() to User.name, or refer to the primary key.",
      },
    ]);
  });

  it("belongs to no key that the table does not keep unique", () => {
    class Log extends resource({ table: "logs", primaryKeyConstraint: false, attributes: { id } }) {}
    class Entry extends resource({ table: "entries", attributes: { id, logId: uuid() } }) {
      static readonly relationships = { log: belongsTo(() => Log) };
    }
    expect(findProblems(Entry, Log)).toMatchObject([
      { message: `"Entry.log" refers to "Log.id", which need not be unique.` },
    ]);
  });

  it("nilifies only what may be null", () => {
    class Post extends resource({
      table: "posts",
      attributes: { id, userId: uuid().required(), editorId: uuid() },
    }) {
      static readonly relationships = {
        user: belongsTo(() => User, { onDelete: "nilify" }),
        editor: belongsTo(() => User, { onDelete: "nilify" }),
      };
    }
    expect(findProblems(Post, User)).toEqual([
      {
        code: "relationship.on_delete.impossible",
        message: `"Post.user" nilifies "userId" on delete, but that is required.`,
        hint: `Say { onDelete: "cascade" } or "restrict", or take .required() from userId.`,
      },
    ]);
  });
});
