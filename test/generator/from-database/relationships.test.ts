import { describe, expect, test } from "vitest";
import type { TableSnapshot } from "../../../src/migrations/snapshot.js";
import { exampleProject } from "../../../src/testing/projects.js";
import { importTables, type ImportOptions } from "./import-project.js";
import { integer, references, table, unique } from "./tables.js";

/** The relationships of each class: `name: kind Destination`, with what leads through another. */
async function findRelationships(
  tables: readonly TableSnapshot[],
  options: ImportOptions = {},
): Promise<Record<string, readonly string[]>> {
  const { files } = await importTables(tables, options);
  const found = Object.values(files).flatMap((text) => {
    const name = /export class (\w+)/.exec(text)?.[1];
    if (name === undefined) return [];
    const matches = text.matchAll(/(\w+): (\w+)\(\s*\(\) => (\w+)(?:,\s*\{\s*through: \(\) => (\w+))?/g);
    return [
      [
        name,
        [...matches].map(([, key, kind, to, through]) =>
          [`${key}: ${kind} ${to}`, ...(through ? [through] : [])].join(" through "),
        ),
      ] as const,
    ];
  });
  return Object.fromEntries(found);
}

const users = table("users");
const tasks = table("tasks");

function join(
  options: Partial<TableSnapshot> & { readonly key?: readonly string[] },
  payload: readonly string[] = [],
) {
  return table("user_tasks", [integer("user_id", true), integer("task_id", true), ...payload], {
    foreignKeys: [references("user_tasks", "user_id", "users"), references("user_tasks", "task_id", "tasks")],
    ...options,
  });
}

const joined = {
  User: ["userTasks: hasMany UserTask", "tasks: manyToMany Task through UserTask"],
  Task: ["userTasks: hasMany UserTask", "users: manyToMany User through UserTask"],
  UserTask: ["user: belongsTo User", "task: belongsTo Task"],
};

const plain = {
  User: ["userTasks: hasMany UserTask"],
  Task: ["userTasks: hasMany UserTask"],
  UserTask: ["user: belongsTo User", "task: belongsTo Task"],
};

const pair = unique("user_tasks_pair", ["task_id", "user_id"]);

describe("a join table", () => {
  test.each<[string, TableSnapshot]>([
    ["by its primary key", join({ key: ["user_id", "task_id"] })],
    [
      "by its primary key in the other order, with columns of its own",
      join({ key: ["task_id", "user_id"] }, ["position"]),
    ],
    ["by a key of its own and a unique index over the pair", join({ indexes: [pair] })],
    [
      "by a unique constraint that takes nulls as equal",
      join({ indexes: [{ ...pair, constraint: true, nullsNotDistinct: true }] }),
    ],
  ])("is known %s (case 95)", async (_, table) => {
    const { UserTask, ...others } = await findRelationships([users, tasks, table]);
    expect({ ...others, UserTask: UserTask?.toSorted().toReversed() }).toEqual(joined);
  });

  test.each<[string, TableSnapshot]>([
    ["whose pair may come twice", join({})],
    ["whose unique index leaves rows out", join({ indexes: [{ ...pair, where: "task_id > 5" }] })],
    [
      "whose unique index asks for more than the pair",
      join({ indexes: [unique("more", ["user_id", "task_id", "position"])] }, ["position"]),
    ],
    [
      "whose key asks for more than the pair",
      join({ key: ["user_id", "task_id", "position"] }, ["position"]),
    ],
  ])("is none %s (case 95)", async (_, table) => {
    expect(await findRelationships([users, tasks, table])).toEqual(plain);
  });

  test("with a third reference is none", async () => {
    const third = join(
      {
        key: ["user_id", "task_id"],
        foreignKeys: [...join({}).foreignKeys, references("user_tasks", "editor_id", "users")],
      },
      ["editor_id"],
    );
    const found = await findRelationships([users, tasks, third]);
    expect(
      Object.values(found)
        .flat()
        .filter((each) => each.includes("manyToMany")),
    ).toEqual([]);
  });

  test("of one table with itself names both ends by the columns (case 95)", async () => {
    const follows = table("follows", [], {
      key: ["follower_id", "followee_id"],
      columns: [integer("follower_id", true), integer("followee_id", true)],
      foreignKeys: [
        references("follows", "follower_id", "users"),
        references("follows", "followee_id", "users"),
      ],
    });
    expect(await findRelationships([users, follows])).toEqual({
      Follow: ["follower: belongsTo User", "followee: belongsTo User"],
      User: [
        "followees: manyToMany User through Follow",
        "followers: manyToMany User through Follow",
        "followerFollows: hasMany Follow",
        "followeeFollows: hasMany Follow",
      ],
    });
  });

  test("whose columns are called otherwise is named by them (case 95)", async () => {
    const links = table("links", [integer("author", true), integer("todo_id", true)], {
      key: ["author", "todo_id"],
      foreignKeys: [references("links", "author", "users"), references("links", "todo_id", "tasks")],
    });
    expect(await findRelationships([users, tasks, links])).toEqual({
      Link: ["user: belongsTo User", "todo: belongsTo Task"],
      User: ["links: hasMany Link", "todos: manyToMany Task through Link"],
      Task: ["users: manyToMany User through Link", "links: hasMany Link"],
    });
  });

  test("whose other end is not imported gives what is there (case 95)", async () => {
    const options = { request: { tables: ["users", "user_tasks"] } };
    const tables = [users, tasks, join({ key: ["user_id", "task_id"] })];
    expect(await findRelationships(tables, options)).toEqual({
      User: ["userTasks: hasMany UserTask"],
      UserTask: ["user: belongsTo User"],
    });
    const { plan, files } = await importTables(tables, options);
    expect(plan.notices.map(({ message }) => message)).toContain(
      'The foreign key "user_tasks_task_id_fkey" of UserTask is no relationship: tasks has no resource.',
    );
    expect(files["src/example/user-task.ts"]).toContain('references: { table: "tasks", columns: ["id"] }');
  });

  test("between resources that are there and not leads to both, and leaves the one that is there as it is", async () => {
    const resources = table("labels");
    const labelled = table("task_labels", [], {
      key: ["task_id", "label_id"],
      columns: [{ name: "task_id", type: { kind: "uuid" }, nullable: false }, integer("label_id", true)],
      foreignKeys: [
        references("task_labels", "task_id", "tasks"),
        references("task_labels", "label_id", "labels"),
      ],
    });
    const { plan, files } = await importTables([resources, labelled, tasks], { files: exampleProject });
    expect(files["src/works/task.ts"]).toBe(exampleProject["src/works/task.ts"]);
    expect(files["src/example/label.ts"]).toContain("tasks: manyToMany(() => Task");
    expect(files["src/example/label.ts"]).toContain('import { Task } from "../works/task.js"');
    expect(plan.notices).toContainEqual(
      expect.objectContaining({
        code: "relationship.end.left",
        message: '"src/works/task.ts" stays as it is: Task gets no other end of TaskLabel.task.',
      }),
    );
  });
});

describe("a reference", () => {
  const owned = (column: string, options: Partial<TableSnapshot> = {}) =>
    table("tasks", [column], { foreignKeys: [references("tasks", column, "users")], ...options });

  test.each([
    ["owner_id", "owner: belongsTo User", "ownerTasks"],
    ["user_id", "user: belongsTo User", "tasks"],
    ["owner", "user: belongsTo User", "tasks"],
    ["user", "user: belongsTo User", "tasks"],
    ["User ID", "user: belongsTo User", "tasks"],
    ["constructor_id", "constructorUser: belongsTo User", "tasks"],
  ])("over %s is %s", async (column, expected) => {
    const found = await findRelationships([users, owned(column)]);
    expect(found["Task"]).toEqual([expected]);
    expect(found["User"]).toEqual(["tasks: hasMany Task"]);
  });

  test.each([
    ["user", "users", ["user: belongsTo User"], 'userId: integer().column("user")'],
    ["first_user", "users", ["firstUser: belongsTo User"], 'firstUserId: integer().column("first_user")'],
    [
      "parent",
      "tasks",
      ["parent: belongsTo Task", "children: hasMany Task"],
      'parentId: integer().column("parent")',
    ],
    [
      "blocked_by",
      "tasks",
      ["blockedBy: belongsTo Task", "tasks: hasMany Task"],
      'blockedById: integer().column("blocked_by")',
    ],
    ["owner", "users", ["user: belongsTo User"], "owner: integer()"],
  ])(
    "over %s to %s leaves the name to what it is called after",
    async (column, target, expected, attribute) => {
      const tables = [
        users,
        table("tasks", [column], { foreignKeys: [references("tasks", column, target)] }),
      ];
      expect((await findRelationships(tables))["Task"]).toEqual(expected);
      const { files, plan } = await importTables(tables);
      expect(files["src/example/task.ts"]).toContain(`${attribute},`);
      expect(plan.notices.map(({ code }) => code)).not.toContain("attribute.renamed");
    },
  );

  test("keeps its name where the other is taken", async () => {
    const both = table("tasks", ["user", "user_id"], { foreignKeys: [references("tasks", "user", "users")] });
    const { files } = await importTables([users, both]);
    expect(files["src/example/task.ts"]).toContain("user: integer(),");
    expect((await findRelationships([users, both]))["Task"]).toEqual(["userUser: belongsTo User"]);
  });

  test.each<[string, Partial<TableSnapshot>, string]>([
    ["a unique index", { indexes: [unique("one", ["owner_id"])] }, "task: hasOne Task"],
    [
      "a unique index that leaves rows out",
      { indexes: [{ ...unique("one", ["owner_id"]), where: "id > 5" }] },
      "tasks: hasMany Task",
    ],
    ["a unique index over more", { indexes: [unique("two", ["owner_id", "id"])] }, "tasks: hasMany Task"],
  ])("with %s has the other end that fits", async (_, options, expected) => {
    expect((await findRelationships([users, owned("owner_id", options)]))["User"]).toEqual([expected]);
  });

  test("that is the primary key is a hasOne from the other side", async () => {
    const profiles = table("profiles", [integer("user_id", true)], {
      key: ["user_id"],
      foreignKeys: [references("profiles", "user_id", "users")],
    });
    expect((await findRelationships([users, profiles]))["User"]).toEqual(["profile: hasOne Profile"]);
  });

  test("of a tree has children", async () => {
    const nodes = table("nodes", ["parent_id"], { foreignKeys: [references("nodes", "parent_id", "nodes")] });
    expect((await findRelationships([nodes]))["Node"]).toEqual([
      "parent: belongsTo Node",
      "children: hasMany Node",
    ]);
  });

  test("beside another to the same resource names its other end after itself", async () => {
    const messages = table("messages", ["sender_id", "reader_id"], {
      foreignKeys: [
        references("messages", "sender_id", "users"),
        references("messages", "reader_id", "users"),
      ],
    });
    expect((await findRelationships([users, messages]))["User"]).toEqual([
      "senderMessages: hasMany Message",
      "readerMessages: hasMany Message",
    ]);
  });

  test("yields its name to an attribute and says so", async () => {
    const people = table("users", ["tasks"]);
    const { plan } = await importTables([people, owned("user_id")]);
    expect(plan.notices).toContainEqual(
      expect.objectContaining({
        code: "relationship.renamed",
        message: "User gets the relationship userTasks: the name tasks is taken.",
      }),
    );
  });

  test("between different types stays a foreign key and says so", async () => {
    const text = { name: "user_id", type: { kind: "text" }, nullable: true } as const;
    const { plan, files } = await importTables([
      users,
      table("tasks", [text], { foreignKeys: [references("tasks", "user_id", "users")] }),
    ]);
    expect(files["src/example/task.ts"]).toContain("foreignKeys: {");
    expect(plan.notices.map(({ message }) => message)).toContain(
      'The foreign key "tasks_user_id_fkey" of Task is no relationship: it compares text with integer.',
    );
  });

  test("that makes one of its columns null is a foreign key, and says which", async () => {
    const orders = table("orders", [integer("tenant_id", true), integer("number", true)], {
      primaryKey: { name: "orders_pkey", columns: ["tenant_id", "number"] },
    });
    const parcels = table("parcels", [integer("tenant_id", true), integer("order_number")], {
      foreignKeys: [
        {
          name: "parcels_order_fkey",
          columns: ["tenant_id", "order_number"],
          references: { table: "orders", columns: ["tenant_id", "number"] },
          onDelete: "set null",
          setNull: ["order_number"],
        },
      ],
    });
    const { files } = await importTables([orders, parcels]);
    expect(files["src/example/parcel.ts"]).toContain(`onDelete: { nilify: ["orderNumber"] }`);
  });

  test("to a unique column names both columns", async () => {
    const codes = table("countries", [integer("code", true)], {
      indexes: [unique("countries_code_key", ["code"])],
    });
    const cities = table("cities", ["country_code"], {
      foreignKeys: [
        {
          ...references("cities", "country_code", "countries"),
          references: { table: "countries", columns: ["code"] },
          onDelete: "set null",
          onUpdate: "cascade",
          deferrable: "initially deferred",
        },
      ],
    });
    const { files } = await importTables([codes, cities]);
    expect(files["src/example/city.ts"]).toContain(`country: belongsTo(() => Country, {
      sourceAttribute: "countryCode",
      destinationAttribute: "code",
      onDelete: "nilify",
      onUpdate: "cascade",
      deferrable: "initiallyDeferred",`);
    expect(files["src/example/country.ts"]).toContain(`cities: hasMany(() => City, {
      destinationAttribute: "countryCode",
      sourceAttribute: "code",`);
  });
});
