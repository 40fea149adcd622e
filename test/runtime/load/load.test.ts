import { describe, expect, it } from "vitest";
import type { Query } from "../../../src/runtime/query/query-types.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements, useShop } from "../open-shop.js";
import {
  ada,
  bob,
  Category,
  cem,
  Comment,
  Profile,
  read,
  rest,
  Task,
  User,
  UserTask,
  uuidOf,
  write,
} from "../shop.js";

type LoadedTasks = Query<typeof Task, Task, typeof UserTask>;

describe.each(databaseKinds)("load on %s", (kind) => {
  const shop = useShop(kind);
  const queryUsers = () => shop().repo.query(User).sort("email");

  it("case 90: loads each kind of relationship, empty ones too", async () => {
    const users = await queryUsers()
      .load("userTasks", (joins) => joins.sort("taskId"))
      .load("tasks", (tasks) => tasks.sort("title"))
      .load("profile")
      .read();
    expect(users.map(({ tasks }) => tasks.map(({ title }) => title))).toEqual([
      ["Read", "Write"],
      ["Read"],
      [],
    ]);
    expect(users.map(({ userTasks }) => userTasks.map(({ taskId }) => taskId))).toEqual([
      [write, read],
      [read],
      [],
    ]);
    expect(users.map(({ profile }) => profile?.bio)).toEqual(["Counts.", undefined, undefined]);
    expect(users[1]?.profile).toBeNull();
    const comments = await shop()
      .repo.query(Comment)
      .sort("id")
      .load("author")
      .load("task")
      .load("parent")
      .load("replies")
      .read();
    expect(comments.map(({ author }) => author?.name ?? null)).toEqual(["Ada", null]);
    expect(comments.map(({ task }) => task.title)).toEqual(["Write", "Write"]);
    expect(comments.map(({ parent }) => parent?.body ?? null)).toEqual([null, "First"]);
    expect(comments.map(({ replies }) => replies.length)).toEqual([1, 0]);
  });

  it("makes records of their classes, with the join row as one of its class", async () => {
    const [user] = await queryUsers()
      .load("tasks", (tasks) => tasks.sort("title").load("category"))
      .load("profile")
      .read();
    expect(user).toBeInstanceOf(User);
    expect(user?.label).toBe("Ada");
    expect(user?.profile).toBeInstanceOf(Profile);
    expect(user?.tasks[0]).toBeInstanceOf(Task);
    expect(user?.tasks[0]?.category).toBeInstanceOf(Category);
    expect(user?.tasks.map(({ $join }) => $join)).toEqual([
      new UserTask({ userId: ada, taskId: read, role: null, position: 1 }),
      new UserTask({ userId: ada, taskId: write, role: "owner", position: 2 }),
    ]);
    expect(user?.tasks[0]?.$join).toBeInstanceOf(UserTask);
    expect(Object.keys(user?.tasks[0]?.$join ?? {}).toSorted()).toEqual([
      "position",
      "role",
      "taskId",
      "userId",
    ]);
  });

  it("gives every attribute of what it loads as a query of its own does", async () => {
    const { repo } = shop();
    const [user] = await queryUsers()
      .load("tasks", (tasks) => tasks.filter({ id: write }))
      .read();
    const { $join, ...values } = user?.tasks[0] ?? {};
    expect(values).toEqual({ ...(await repo.get(Task, write)) });
    expect($join).toEqual(await repo.get(UserTask, { userId: ada, taskId: write }));
  });

  it("nests, in one statement for each relationship", async () => {
    const { repo } = shop();
    const query = queryUsers().load("tasks", (tasks) =>
      tasks
        .sort("title")
        .load("comments", (comments) =>
          comments.sort("id").load("author", (author) => author.load("profile")),
        )
        .load("category"),
    );
    const users = await query.read();
    expect(users[0]?.tasks[1]?.comments.map(({ author }) => author?.profile?.bio ?? null)).toEqual([
      "Counts.",
      null,
    ]);
    expect(users[0]?.tasks[1]?.category?.slug).toBe("desk");
    expect(users[0]?.tasks[0]?.comments).toEqual([]);
    expect(await listStatements(repo, () => query.read())).toHaveLength(6);
    expect(await listStatements(repo, () => queryUsers().load("tasks").read())).toHaveLength(2);
    expect(
      await listStatements(repo, () => queryUsers().filter({ name: "Nobody" }).load("tasks").read()),
    ).toHaveLength(1);
    const noKeys = repo
      .query(Comment)
      .filter({ authorId: null })
      .load("author", (author) => author.load("tasks"));
    expect(await listStatements(repo, () => noKeys.read())).toHaveLength(1);
  });

  it("case 90: filters, sorts and cuts for each parent", async () => {
    const titles = async (build: (tasks: LoadedTasks) => LoadedTasks): Promise<string> => {
      const users = await queryUsers().load("tasks", build).read();
      return users.map(({ tasks }) => tasks.map(({ title }) => title).join(" ")).join(" | ");
    };
    expect(await titles((tasks) => tasks.filter({ title: "Read" }))).toBe("Read | Read | ");
    expect(await titles((tasks) => tasks.sort({ title: "desc" }))).toBe("Write Read | Read | ");
    expect(await titles((tasks) => tasks.sort("title").limit(1))).toBe("Read | Read | ");
    expect(await titles((tasks) => tasks.sort("title").offset(1))).toBe("Write |  | ");
    expect(await titles((tasks) => tasks.sort({ title: "desc" }).limit(1).offset(1))).toBe("Read |  | ");
    expect(await titles((tasks) => tasks.limit(0))).toBe(" |  | ");
    expect(await titles((tasks) => tasks.sort({ $join: { position: "asc" } }))).toBe("Read Write | Read | ");
    expect(await titles((tasks) => tasks.sort({ $join: { role: "desc" } }, "title"))).toBe(
      "Read Write | Read | ",
    );
    expect(
      await titles((tasks) =>
        tasks.sort({ $join: { position: { direction: "desc", nulls: "last" } } }).limit(1),
      ),
    ).toBe("Write | Read | ");
    expect(await titles((tasks) => tasks.filter({ $join: { role: "owner" } }))).toBe("Write |  | ");
    expect(
      await titles((tasks) =>
        tasks.filter({ or: [{ title: "Write" }, { $join: { role: "helper" } }] } as never),
      ),
    ).toBe("Write | Read | ");
    expect(await titles((tasks) => tasks.filter({ users: { name: "Bob" } }).limit(5))).toBe("Read | Read | ");
    expect(await titles((tasks) => tasks.filter({ comments: { author: { name: "Ada" } } }))).toBe(
      "Write |  | ",
    );
  });

  it("goes through a resource that meets itself", async () => {
    const users = await queryUsers()
      .load("followers", (followers) => followers.sort("email").load("following"))
      .load("following", (following) => following.filter({ followers: { name: "Bob" } }))
      .read();
    expect(users.map(({ followers }) => followers.map(({ name }) => name))).toEqual([["Ada", "Bob"], [], []]);
    expect(users[0]?.followers[1]?.$join.since).toBe("2026-01-01");
    expect(users[0]?.followers[1]?.following.map(({ id }) => id)).toEqual([ada]);
    expect(users.map(({ following }) => following.map(({ name }) => name))).toEqual([["Ada"], ["Ada"], []]);
    const comments = await shop()
      .repo.query(Comment)
      .sort("id")
      .load("replies", (replies) => replies.load("parent"))
      .read();
    expect(comments[0]?.replies[0]?.parent?.id).toBe(uuidOf(21));
  });

  it("goes by an attribute that is not the primary key", async () => {
    const { repo } = shop();
    const tasks = await repo.query(Task).sort("title").load("category").read();
    expect(tasks.map(({ category }) => category?.name ?? null)).toEqual(["At the desk", null, "At the desk"]);
    const categories = await repo
      .query(Category)
      .sort("slug")
      .load("tasks", (each) => each.sort("title").limit(1))
      .read();
    expect(categories.map((category) => category.tasks.map(({ title }) => title))).toEqual([["Read"], []]);
  });

  it("case 90: loads a relationship that is asked for twice once, with what is nested in both", async () => {
    const { repo } = shop();
    const query = queryUsers()
      .load("tasks", (tasks) => tasks.load("category").sort("title"))
      .load("tasks", (tasks) => tasks.load("comments").sort({ title: "desc" }))
      .load("tasks");
    const [user] = await query.read();
    expect(user?.tasks.map(({ title }) => title)).toEqual(["Write", "Read"]);
    expect(user?.tasks[0]?.category?.slug).toBe("desk");
    expect(user?.tasks[0]?.comments).toHaveLength(2);
    expect(await listStatements(repo, () => query.read())).toHaveLength(4);
  });

  it("case 90: says so where a relationship is read that was not loaded, and lets JSON leave it out", async () => {
    const [user] = await queryUsers().load("tasks").read();
    expect(await findRefusals(() => (user as (User & { profile?: unknown }) | undefined)?.profile)).toEqual([
      "relationship.not_loaded",
    ]);
    expect(
      await findRefusals(() => (user?.tasks[0] as (Task & { users?: unknown }) | undefined)?.users),
    ).toEqual(["relationship.not_loaded"]);
    const text = JSON.parse(
      JSON.stringify(user, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    );
    expect(Object.keys(text as object)).toEqual(["id", "email", "name", "insertedAt", "updatedAt", "tasks"]);
  });

  it("gives each parent a list of its own", async () => {
    const users = await queryUsers().load("tasks").read();
    users[0]?.tasks.pop();
    expect(users.map(({ tasks }) => tasks.length)).toEqual([1, 1, 0]);
    expect(users[2]?.tasks).not.toBe(users[1]?.tasks);
  });

  it("refuses a function that gives nothing back, and what a load cannot do", async () => {
    const query = queryUsers();
    expect(await findRefusals(() => query.load("tasks", (() => {}) as never))).toEqual([
      "query.load.invalid",
    ]);
    expect(await findRefusals(() => query.load("tasks", (async (each: unknown) => each) as never))).toEqual([
      "query.load.invalid",
    ]);
    expect(await findRefusals(() => query.load("tasks", () => query as never))).toEqual([
      "query.load.invalid",
    ]);
    expect(await findRefusals(() => query.load("tasks", (tasks) => tasks.distinct("title")))).toEqual([
      "query.load.unsupported",
    ]);
    expect(await findRefusals(() => query.load("tasks", (tasks) => tasks.lock("forUpdate")))).toEqual([
      "query.load.unsupported",
    ]);
    expect(
      await findRefusals(() =>
        query.load("tasks", (tasks) => tasks.filter({ $join: { rol: "x" } } as never)),
      ),
    ).toEqual(["filter.name.unknown at filter.$join.rol"]);
  });
});

describe.each(databaseKinds)("repo.load on %s", (kind) => {
  const shop = useShop(kind);

  it("loads into the records that are handed over", async () => {
    const { repo } = shop();
    const users = await repo.query(User).sort("email").read();
    const loaded = await repo.load(User, users, "tasks");
    expect(loaded[0]).toBe(users[0]);
    expect(loaded.map(({ tasks }) => tasks.length)).toEqual([2, 1, 0]);
    const one = await repo.load(Task, await repo.get(Task, rest), "users");
    expect(one.users).toEqual([]);
    expect(await repo.load(User, [], "tasks")).toEqual([]);
  });

  it("case 90: skips what is loaded, unless it is to be read again or narrowed", async () => {
    const { repo, database } = shop();
    const user = await repo.query(User).load("profile").get(ada);
    expect(await listStatements(repo, () => repo.load(User, user, "profile"))).toEqual([]);
    await database.knex("profiles").update({ bio: "New." });
    expect((await repo.load(User, user, "profile")).profile?.bio).toBe("Counts.");
    expect((await repo.load(User, user, "profile", { reload: true })).profile?.bio).toBe("New.");
    const narrowed = await repo.load(User, user, "profile", (profile) => profile.filter({ bio: "Old." }));
    expect(narrowed.profile).toBeNull();
    const both = [await repo.get(User, bob), user];
    expect(await listStatements(repo, () => repo.load(User, both, "profile"))).toHaveLength(1);
    expect(both.map((each) => (each as User & { profile?: unknown }).profile)).toEqual([null, null]);
  });

  it("loads what is nested into what is loaded", async () => {
    const { repo } = shop();
    const users = await repo
      .query(User)
      .sort("email")
      .load("tasks", (tasks) => tasks.sort("title"))
      .read();
    const [write0] = users[0]?.tasks ?? [];
    const nested = await repo.load(User, users, "tasks", (tasks) => tasks.load("category").load("comments"));
    expect(nested[0]?.tasks[0]).toBe(write0);
    expect(nested[0]?.tasks[0]?.category?.slug).toBe("desk");
    expect(nested[0]?.tasks[1]?.comments).toHaveLength(2);
    expect(
      await listStatements(repo, () => repo.load(User, users, "tasks", (tasks) => tasks.load("category"))),
    ).toEqual([]);
  });

  it("refuses names that are no relationships", async () => {
    const { repo } = shop();
    const user = await repo.get(User, cem);
    for (const name of ["task", "email", "__proto__", "", null, { toString: null }]) {
      expect(await findRefusals(() => repo.load(User, user, name as never))).toEqual([
        "relationship.unknown at load",
      ]);
    }
  });
});
