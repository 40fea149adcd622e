import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { ada, insertRows, seedShop, Task, User, UserTask, uuidOf } from "../shop.js";

describe.each(databaseKinds)("aggregates on %s", (kind) => {
  const shop = useShop(kind, {
    seed: async ({ knex }) => {
      await seedShop(knex);
      await insertRows(knex, Task, [
        {
          id: uuidOf(14),
          title: "Nap",
          points: 4,
          views: 10n,
          price: "0.10",
          rating: 0.25,
          dueOn: "2025-12-31",
          startsAt: "10:00",
        },
      ]);
      await insertRows(knex, UserTask, [{ userId: ada, taskId: uuidOf(14), role: null, position: 3 }]);
    },
  });

  it("counts", async () => {
    const { repo } = shop();
    expect(await repo.query(Task).count()).toBe(4);
    expect(
      await repo
        .query(Task)
        .filter({ points: { gt: 3 } })
        .load("users")
        .sort("title")
        .count(),
    ).toBe(2);
    expect(await repo.query(Task).filter({ title: "Nothing" }).count()).toBe(0);
    expect(await repo.query(Task).filter({ title: "Nothing" }).exists()).toBe(false);
    expect(await repo.query(Task).exists()).toBe(true);
  });

  it("gives figures as the attributes are, the same on every database", async () => {
    const figures = await shop()
      .repo.query(Task)
      .aggregate({
        all: "count",
        points: { count: "points" },
        sum: { sum: "points" },
        avg: { avg: "points" },
        least: { min: "points" },
        most: { max: "points" },
        views: { sum: "views" },
        mostViews: { max: "views" },
        leastViews: { min: "views" },
        averageViews: { avg: "price" },
        price: { sum: "price" },
        cheapest: { min: "price" },
        dearest: { max: "price" },
        rating: { sum: "rating" },
        best: { max: "rating" },
        first: { min: "title" },
        state: { max: "state" },
        due: { min: "dueOn" },
        latest: { max: "startsAt" },
        done: { max: "doneAt" },
      });
    expect(figures).toEqual({
      all: 4,
      points: 3,
      sum: 12,
      avg: 4,
      least: 3,
      most: 5,
      views: 9007199254741005n,
      mostViews: 9007199254740993n,
      leastViews: 0n,
      averageViews: 4.9,
      price: "19.60",
      cheapest: "0.00",
      dearest: "12.50",
      rating: 4.75,
      best: 4.5,
      first: "Nap",
      state: "open",
      due: "2025-12-31",
      latest: "10:00:00",
      done: new Date("2026-02-27T10:00:00.123Z"),
    });
  });

  it("counts none and has no figure of nothing", async () => {
    const none = shop().repo.query(Task).filter({ title: "Nothing" });
    expect(
      await none.aggregate({
        all: "count",
        ratings: { count: "rating" },
        comments: { count: "comments" },
        sum: { sum: "points" },
        views: { sum: "views" },
        avg: { avg: "points" },
        first: { min: "dueOn" },
        weight: { sum: { userTasks: "position" } },
        mean: { avg: { userTasks: "position" } },
      }),
    ).toEqual({
      all: 0,
      ratings: 0,
      comments: 0,
      sum: null,
      views: null,
      avg: null,
      first: null,
      weight: null,
      mean: null,
    });
  });

  it("goes through each kind of relationship", async () => {
    const { repo } = shop();
    expect(
      await repo.query(User).aggregate({
        tasks: { count: "tasks" },
        named: { count: { userTasks: "role" } },
        positions: { sum: { userTasks: "position" } },
        views: { sum: { tasks: "views" } },
        mostViews: { max: { tasks: "views" } },
        leastViews: { min: { tasks: "views" } },
        price: { sum: { tasks: "price" } },
        average: { avg: { tasks: "points" } },
        averageRating: { avg: { tasks: "rating" } },
        due: { max: { tasks: "dueOn" } },
        early: { min: { tasks: "dueOn" } },
        profiles: { count: "profile" },
        bio: { min: { profile: "bio" } },
        followers: { count: "followers" },
        comments: { count: "comments" },
      }),
    ).toEqual({
      tasks: 4,
      named: 2,
      positions: 6,
      views: 9007199254741007n,
      mostViews: 9007199254740993n,
      leastViews: 2n,
      price: "26.60",
      average: 3.75,
      averageRating: 2.375,
      due: "2026-02-28",
      early: "2025-12-31",
      profiles: 1,
      bio: "Counts.",
      followers: 2,
      comments: 1,
    });
    expect(
      await repo.query(Task).aggregate({ slugs: { count: "category" }, name: { max: { category: "name" } } }),
    ).toEqual({
      slugs: 2,
      name: "At the desk",
    });
    expect(
      await repo
        .query(Task)
        .filter({ points: 3 })
        .aggregate({ users: { count: "users" } }),
    ).toEqual({ users: 2 });
  });

  it("takes figures of what a limit, an offset or a distinct leaves", async () => {
    const query = shop()
      .repo.query(Task)
      .sort({ points: { direction: "desc", nulls: "last" } });
    expect(await query.limit(2).aggregate({ sum: { sum: "points" } })).toEqual({ sum: 9 });
    expect(
      await query
        .limit(1)
        .offset(1)
        .aggregate({ sum: { sum: "points" } }),
    ).toEqual({ sum: 4 });
    expect(await query.offset(2).aggregate({ sum: { sum: "points" } })).toEqual({ sum: 3 });
    expect(await query.distinct("state").aggregate({ all: "count", sum: { sum: "points" } })).toEqual({
      all: 2,
      sum: 9,
    });
  });

  it("refuses figures that there are not", async () => {
    const query = shop().repo.query(Task);
    for (const spec of [
      { sum: "title" },
      { avg: "dueOn" },
      { max: "done" },
      { min: "id" },
      { max: "meta" },
    ] as const) {
      expect(await findRefusals(() => query.aggregate({ figure: spec as never }))).toEqual([
        "aggregate.unsuitable at aggregate.figure",
      ]);
    }
    expect(await findRefusals(() => query.aggregate({ a: { sum: "users" as never } }))).toEqual([
      "aggregate.invalid at aggregate.a",
    ]);
  });
});
