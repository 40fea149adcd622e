import { describe, expect, it } from "vitest";
import { describeTable } from "../../src/migrations/describe.js";
import type { ColumnDefault } from "../../src/migrations/snapshot.js";
import {
  belongsTo,
  bigint,
  binary,
  boolean,
  datetime,
  integer,
  integerPrimaryKey,
  isAshlarError,
  json,
  resource,
  string,
  timestamps,
  uuid,
  uuidPrimaryKey,
  uuidV7PrimaryKey,
  type Attribute,
  type ResourceDefinition,
} from "../../src/runtime/index.js";

class User extends resource({
  table: "users",
  attributes: {
    id: uuidPrimaryKey(),
    email: string().required(),
    name: string().description("As on the door"),
  },
  identities: { uniqueEmail: ["email"] },
}) {}

class Task extends resource({ table: "tasks", attributes: { id: uuidV7PrimaryKey() } }) {}

class UserTask extends resource({
  table: "user_tasks",
  attributes: { taskId: uuid().primaryKey(), userId: uuid().primaryKey() },
  identities: { uniqueUserTask: ["userId", "taskId"] },
}) {
  static readonly relationships = {
    user: belongsTo(() => User, { onDelete: "nilify" }),
    task: belongsTo(() => Task, { onDelete: "cascade" }),
  };
}

/** The indexes of a table with an `id`, as name, columns and a mark for a unique one. */
function indexesOf(
  attributes: Record<string, Attribute<never, never>>,
  identities: Record<string, readonly string[]> = {},
) {
  const base = class extends resource({
    table: "things",
    attributes: { id: uuidPrimaryKey(), ...attributes },
  }) {};
  const definition: ResourceDefinition = {
    ...base.definition,
    identities: Object.entries(identities).map(([name, keys]) => ({ name, attributes: keys })),
    relationships: [],
  };
  return describeTable(definition).indexes.map(
    ({ name, columns, unique }) => `${name}(${columns.join()})${unique ? " unique" : ""}`,
  );
}

describe("the table of a resource", () => {
  it("has the columns in the order of declaration", () => {
    expect(describeTable(User.definition).columns).toEqual([
      { name: "id", type: { kind: "uuid" }, nullable: false, default: { kind: "uuid" } },
      { name: "email", type: { kind: "string" }, nullable: false },
      { name: "name", type: { kind: "string" }, nullable: true, comment: "As on the door" },
    ]);
  });

  it("has the primary key in its order", () => {
    expect(describeTable(UserTask.definition).primaryKey).toEqual({
      name: "user_tasks_pkey",
      columns: ["task_id", "user_id"],
    });
  });

  it("has a foreign key for each belongsTo, in the words of databases", () => {
    expect(describeTable(UserTask.definition).foreignKeys).toEqual([
      {
        name: "user_tasks_user_id_fkey",
        columns: ["user_id"],
        references: { table: "users", columns: ["id"] },
        onDelete: "set null",
      },
      {
        name: "user_tasks_task_id_fkey",
        columns: ["task_id"],
        references: { table: "tasks", columns: ["id"] },
        onDelete: "cascade",
      },
    ]);
  });

  it("refers to itself", () => {
    class Employee extends resource({
      table: "employees",
      attributes: { id: integerPrimaryKey(), managerId: integer() },
    }) {
      static readonly relationships = { manager: belongsTo(() => Employee, { onDelete: "noAction" }) };
    }
    expect(describeTable(Employee.definition).foreignKeys).toMatchObject([
      { references: { table: "employees", columns: ["id"] }, onDelete: "no action" },
    ]);
  });

  it("has an index for a foreign key that the primary key does not lead with, and none beside the key", () => {
    expect(describeTable(UserTask.definition).indexes).toEqual([
      { name: "user_tasks_user_id_index", columns: ["user_id"], unique: false },
    ]);
  });
});

describe("the indexes of a table", () => {
  it("make identities and unique attributes unique", () => {
    expect(
      indexesOf({ code: string().unique(), a: string(), b: string() } as never, { pair: ["b", "a"] }),
    ).toEqual(["things_code_index(code) unique", "things_pair_index(b,a) unique"]);
  });

  it("are not made twice over the same columns, in whatever order", () => {
    expect(
      indexesOf({ code: string().unique(), a: string(), b: string() } as never, {
        byCode: ["code"],
        byId: ["id"],
        one: ["a", "b"],
        other: ["b", "a"],
      }),
    ).toEqual(["things_code_index(code) unique", "things_one_index(a,b) unique"]);
  });

  it("leave out a plain one that another leads with", () => {
    expect(
      indexesOf({ id: uuid().primaryKey().index(), a: string().index(), b: string().index() } as never, {
        pair: ["a", "b"],
      }),
    ).toEqual(["things_pair_index(a,b) unique", "things_b_index(b)"]);
  });
});

describe("the default of a column (case 56)", () => {
  function defaultOf(attribute: Attribute<never, never>): ColumnDefault | undefined {
    const { definition } = class extends resource({ table: "things", attributes: { value: attribute } }) {};
    return describeTable(definition).columns[0]?.default;
  }

  it.each([
    [boolean().default(false), { kind: "value", value: false }],
    [string().default(""), { kind: "value", value: "" }],
    [bigint().default(5n), { kind: "value", value: "5" }],
    [json().default({ theme: "dark" }), { kind: "value", value: { theme: "dark" } }],
    [datetime().default(new Date(0)), { kind: "value", value: "1970-01-01T00:00:00.000Z" }],
    [uuidPrimaryKey(), { kind: "uuid" }],
    [integerPrimaryKey(), { kind: "increment" }],
    [timestamps().insertedAt, { kind: "now" }],
    [integer().array().default([1, 2]), { kind: "value", value: [1, 2] }],
  ])("is the database's for a literal and for what it generates (%#)", (attribute, expected) => {
    expect(defaultOf(attribute as never)).toEqual(expected);
  });

  it.each([
    [uuidV7PrimaryKey()],
    [datetime().default(() => new Date())],
    [binary().default(new Uint8Array(2))],
    [json().default(null)],
    [string()],
  ])("is left to the application where only that can make it (%#)", (attribute) => {
    expect(defaultOf(attribute as never)).toBeUndefined();
  });
});

describe("a resource that makes no table", () => {
  function problemsOf(change: Partial<ResourceDefinition>) {
    try {
      describeTable({ ...User.definition, relationships: [], ...change });
    } catch (error) {
      if (isAshlarError(error)) return error.problems.map(({ code, message }) => [code, message]);
      throw error;
    }
    return [];
  }

  it("is refused with every attribute that is not there", () => {
    expect(
      problemsOf({ primaryKey: ["key"], identities: [{ name: "both", attributes: ["email", "mail"] }] }),
    ).toEqual([
      ["table.attribute.unknown", `The primary key of User names "key", which User does not declare.`],
      ["table.attribute.unknown", `The identity "both" of User names "mail", which User does not declare.`],
    ]);
  });

  it("is refused where two things would have one name", () => {
    const [id, email, name] = User.definition.attributes;
    if (!id || !email || !name) throw new Error("User has three attributes");
    expect(
      problemsOf({
        attributes: [id, { ...email, index: true }, { ...name, column: "email" }],
        identities: [{ name: "email", attributes: ["email", "id"] }],
      }),
    ).toEqual([
      ["table.column.repeated", `Two attributes would be the column "email" of the table "users".`],
    ]);
    expect(
      problemsOf({
        attributes: [id, email, { ...name, index: true }],
        identities: [{ name: "name", attributes: ["email", "name"] }],
      }),
    ).toEqual([
      [
        "table.name.repeated",
        `Two constraints or indexes of the table "users" would be named "users_name_index".`,
      ],
    ]);
  });
});
