import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { ada, read, Task, User, write } from "../shop.js";

describe.each(databaseKinds)("select on %s", (kind) => {
  const shop = useShop(kind);

  it("reads the named attributes and the primary key, into a record of its class", async () => {
    const user = await shop().repo.query(User).select("name").filter({ id: ada }).readOneOrThrow();
    expect(user).toBeInstanceOf(User);
    expect(user.constructor).toBe(User);
    expect(Object.keys(user)).toEqual(["id", "name"]);
    expect(JSON.stringify(user)).toBe(JSON.stringify({ id: ada, name: "Ada" }));
    expect((user as User).label).toBe("Ada");
  });

  it("throws where an attribute is read that was not selected", async () => {
    const user = await shop().repo.query(User).select("name").filter({ id: ada }).readOneOrThrow();
    expect(await findRefusals(() => (user as User).email)).toEqual(["attribute.not_selected"]);
    expect(await findRefusals(() => (user as User & { tasks: unknown }).tasks)).toEqual([
      "relationship.not_loaded",
    ]);
    expect(() => (user as User).email).toThrow('The attribute "email" of this User was not selected.');
    const whole = await shop().repo.get(User, ada);
    expect(whole.email).toBe("ada@example.org");
    expect(Object.getPrototypeOf(whole)).toBe(User.prototype);
  });

  it("can be given what was not selected", async () => {
    const user = await shop().repo.query(User).select().filter({ id: ada }).readOneOrThrow();
    expect(Object.assign(user, { email: "other" })).toEqual(expect.objectContaining({ email: "other" }));
    expect(Object.keys(user)).toEqual(["id", "email"]);
  });

  it("reads the keys that a load needs too", async () => {
    const { repo } = shop();
    const task = await repo
      .query(Task)
      .select("title")
      .load("category")
      .filter({ id: write })
      .readOneOrThrow();
    expect(task.category?.name).toBe("At the desk");
    const bare = await repo.query(Task).select("title").filter({ id: read }).readOneOrThrow();
    expect(await findRefusals(() => repo.load(Task, bare, "category"))).toEqual(["attribute.not_selected"]);
    expect(await findRefusals(() => repo.load(Task, { id: read } as Task, "category"))).toEqual([
      "relationship.key.missing",
    ]);
    expect((await repo.load(Task, bare, "userTasks")).userTasks).toHaveLength(2);
  });

  it("holds inside loads, where the keys are read beside", async () => {
    const [user] = await shop()
      .repo.query(User)
      .select("name")
      .filter({ id: ada })
      .load("tasks", (tasks) =>
        tasks
          .select("title")
          .sort("title")
          .load("category", (each) => each.select("name")),
      )
      .load("comments", (comments) => comments.select("body"))
      .load("profile", (profile) => profile.select("bio"))
      .read();
    expect(JSON.parse(JSON.stringify(user))).toMatchObject({
      tasks: [
        { title: "Read", $join: { role: null }, category: { name: "At the desk" } },
        { title: "Write", $join: { role: "owner" }, category: { name: "At the desk" } },
      ],
      comments: [{ body: "First" }],
      profile: { bio: "Counts." },
    });
    expect(Object.keys(user?.tasks[0] ?? {})).toEqual(["id", "title", "categorySlug", "$join", "category"]);
    expect(Object.keys(user?.comments[0] ?? {})).toEqual(["id", "body"]);
  });

  it("pages and streams what is selected", async () => {
    const query = shop().repo.query(User).select("name").sort("email");
    const page = await query.page({ size: 2 });
    expect(page.records.map((each) => Object.keys(each).join())).toEqual(["id,name", "id,name"]);
    expect((await query.page({ size: 2, after: page.endCursor })).records.map(({ name }) => name)).toEqual([
      null,
    ]);
    for await (const each of query.stream({ batchSize: 2 }))
      expect(Object.keys(each)).toEqual(["id", "name"]);
  });
});
