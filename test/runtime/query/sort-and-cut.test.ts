import { describe, expect, it } from "vitest";
import type { Sort } from "../../../src/runtime/query/query-types.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import {
  ada,
  cem,
  Comment,
  insertRows,
  read,
  rest,
  seedShop,
  Task,
  User,
  UserTask,
  uuidOf,
  write,
} from "../shop.js";

describe.each(databaseKinds)("sort, limit, distinct on %s", (kind) => {
  const shop = useShop(kind, {
    seed: async ({ knex }) => {
      await seedShop(knex);
      await insertRows(knex, Task, [
        { id: uuidOf(14), title: "Nap", points: 3, done: false, state: "open" },
        { id: uuidOf(15), title: "nap", points: null, done: true, state: "open" },
      ]);
    },
  });

  async function sort(...by: Sort<typeof Task>[]): Promise<string> {
    const tasks = await shop()
      .repo.query(Task)
      .sort(...by)
      .read();
    return tasks.map(({ title }) => title).join(" ");
  }

  it.each<[Sort<typeof Task>[], string]>([
    [["title"], "Nap Read Rest Write nap"],
    [[{ title: "desc" }], "nap Write Rest Read Nap"],
    [[{ points: "asc", title: "asc" }], "Nap Read Write Rest nap"],
    [[{ points: "desc", title: "asc" }], "Rest nap Write Nap Read"],
    [[{ points: { direction: "asc", nulls: "first" } }, "title"], "Rest nap Nap Read Write"],
    [[{ points: { direction: "desc", nulls: "last" } }, "title"], "Write Nap Read Rest nap"],
    [["done", { title: "desc" }], "Rest Read Nap nap Write"],
    [[{ done: "desc" }, "points", "id"], "Write nap Read Nap Rest"],
    [["points", "points", { points: "desc" }, "title"], "Nap Read Write Rest nap"],
    [["price", { views: "desc" }, "title"], "Nap Rest nap Read Write"],
    [[{ doneAt: "asc" }, "title"], "Write Nap Read Rest nap"],
  ])("sorts by %o", async (by, expected) => {
    expect(await sort(...by)).toBe(expected);
  });

  it("adds what later calls sort by behind what earlier ones did", async () => {
    const query = shop().repo.query(Task).sort("points").sort({ title: "desc" });
    expect((await query.read()).map(({ title }) => title)).toEqual(["Read", "Nap", "Write", "nap", "Rest"]);
  });

  it("cuts by limit and offset, by either alone, and by zero", async () => {
    const query = shop().repo.query(Task).sort("title").select("title");
    const titles = async (cut: typeof query): Promise<string> =>
      (await cut.read()).map(({ title }) => title).join(" ");
    expect(await titles(query.limit(2))).toBe("Nap Read");
    expect(await titles(query.offset(3))).toBe("Write nap");
    expect(await titles(query.limit(2).offset(1))).toBe("Read Rest");
    expect(await titles(query.limit(0))).toBe("");
    expect(await titles(query.offset(0))).toBe("Nap Read Rest Write nap");
    expect(await titles(query.limit(Number.MAX_SAFE_INTEGER).offset(4))).toBe("nap");
    expect([
      await query.limit(2).count(),
      await query.offset(3).count(),
      await query.limit(0).count(),
    ]).toEqual([2, 2, 0]);
    expect([
      await query.limit(0).exists(),
      await query.offset(4).exists(),
      await query.offset(5).exists(),
    ]).toEqual([false, true, false]);
  });

  it.each([-1, 1.5, NaN, Infinity, "2", null, { valueOf: () => 1 }])(
    "refuses %o as a limit",
    async (count) => {
      const query = shop().repo.query(Task);
      expect(await findRefusals(() => query.limit(count as number))).toEqual([
        "query.limit.invalid at limit",
      ]);
      expect(await findRefusals(() => query.offset(count as number))).toEqual([
        "query.offset.invalid at offset",
      ]);
    },
  );

  it("keeps of each combination the first by the sort", async () => {
    const { repo } = shop();
    const query = repo.query(Task).distinct("points");
    const titles = async (by: Sort<typeof Task>): Promise<string> =>
      (await query.sort(by).read()).map(({ title }) => title).join(" ");
    expect(await titles("title")).toBe("Nap Rest Write");
    expect(await titles({ title: "desc" })).toBe("nap Write Read");
    expect(await query.count()).toBe(3);
    expect(
      await query
        .filter({ title: { not: "Nap" } })
        .sort("title")
        .limit(1)
        .offset(1)
        .readOneOrThrow(),
    ).toMatchObject({
      title: "Rest",
    });
    expect(await repo.query(Task).distinct("points", "done").count()).toBe(4);
    expect(await repo.query(Task).distinct("points", "points").count()).toBe(3);
    expect(await repo.query(Task).distinct().count()).toBe(5);
    expect(await repo.query(UserTask).distinct("taskId").count()).toBe(2);
    const filtered = repo
      .query(User)
      .distinct("name")
      .filter({ tasks: { title: "Read" } });
    expect(await filtered.count()).toBe(2);
  });

  it("keeps a query as it is when another is made of it", async () => {
    const all = shop().repo.query(Task);
    all.filter({ title: "Nap" }).sort("title").limit(1).distinct("points").select("title").load("users");
    expect(Object.keys((await all.read())[0] ?? {})).not.toContain("users");
    expect(await all.count()).toBe(5);
  });

  it("case 92: gives one, none or an error", async () => {
    const { repo } = shop();
    expect(await repo.query(Task).filter({ title: "Nothing" }).readOne()).toBeNull();
    expect((await repo.query(Task).filter({ title: "Read" }).readOne())?.id).toBe(read);
    expect(await findRefusals(() => repo.query(Task).readOne())).toEqual(["record.multiple_results"]);
    expect((await repo.query(Task).sort("title").limit(1).readOneOrThrow()).title).toBe("Nap");
    expect(await findRefusals(() => repo.query(Task).filter({ title: "Nothing" }).readOneOrThrow())).toEqual([
      "record.not_found",
    ]);
    expect(await findRefusals(() => repo.get(Task, uuidOf(99)))).toEqual(["record.not_found"]);
    expect(await findRefusals(() => repo.query(Task).filter({ done: true }).get(rest))).toEqual([
      "record.not_found",
    ]);
    expect((await repo.query(Task).filter({ done: true }).get(write)).title).toBe("Write");
    expect((await repo.get(UserTask, { taskId: read, userId: ada })).position).toBe(1);
    expect((await repo.get(User, { email: "cem@example.org" })).id).toBe(cem);
  });

  it("gives the Knex query underneath, to be gone on with by hand", async () => {
    const query = shop()
      .repo.query(Task)
      .filter({ points: { gte: 3 } })
      .sort("title")
      .select("title");
    const rows: unknown = await query
      .toKnex()
      .where("tasks.done", false)
      .whereIn("tasks.title", ["Read", "Write"]);
    expect(rows).toEqual([{ id: read, title: "Read" }]);
    const joined: unknown = await query
      .toKnex()
      .join("user_tasks", "user_tasks.task_id", "tasks.id")
      .where("user_tasks.user_id", ada)
      .clearOrder()
      .clearSelect()
      .count({ count: "*" });
    expect(joined).toEqual(
      [{ count: 2 }].map(({ count }) => ({ count: kind === "sqlite" ? count : String(count) })),
    );
    const { sql, bindings } = query.toSQL();
    expect(sql).toBe(
      'select "tasks"."id", "tasks"."title" from "tasks" where "tasks"."points" >= ? order by "tasks"."title" asc',
    );
    expect(bindings).toEqual([3]);
  });

  it("locks inside a transaction alone", async () => {
    const { repo, database } = shop();
    const query = repo.query(Comment).lock("forUpdate");
    expect(await findRefusals(() => query.read())).toEqual(["query.lock.outside_transaction"]);
    expect(await findRefusals(() => query.page({ size: 1 }))).toEqual(["query.lock.outside_transaction"]);
    expect(await findRefusals(() => query.stream()[Symbol.asyncIterator]().next())).toEqual([
      "query.lock.outside_transaction",
    ]);
    expect(await query.count()).toBe(2);
    expect(await query.exists()).toBe(true);
    expect(await query.aggregate({ all: "count" })).toEqual({ all: 2 });
    for (const lock of ["forUpdate", "forNoKeyUpdate", "forShare", "forKeyShare"] as const) {
      const locked = repo
        .query(Comment)
        .lock(lock, { locked: lock === "forUpdate" ? "skip" : "fail" })
        .load("task");
      expect(await repo.transaction(() => locked.distinct("body").read())).toHaveLength(2);
    }
    const { sql } = query.toSQL();
    expect(sql.endsWith(" for update")).toBe(database.kind !== "sqlite");
    expect(await findRefusals(() => repo.query(Comment).lock("toString" as never))).toEqual([
      "query.lock.unknown",
    ]);
    expect(
      await findRefusals(() => repo.query(Comment).lock("forUpdate", { locked: "no" as never })),
    ).toEqual(["query.lock.unknown"]);
  });
});
