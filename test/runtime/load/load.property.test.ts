import { fc } from "../../fast-check.js";
import { describe, expect, it } from "vitest";
import type { Query } from "../../../src/runtime/query/query-types.js";
import { databaseKinds } from "../../databases/engines.js";
import { useShop } from "../open-shop.js";
import { Comment, Follow, insertRows, Task, User, UserTask, uuidOf } from "../shop.js";

const numbers = Array.from({ length: 12 }, (_, index) => index);
const userId = (number: number): string => uuidOf(number);
const taskId = (number: number): string => uuidOf(100 + number);

/** What a load is told, in a form that a query for one parent can be told too. */
interface Narrowing {
  readonly sort: "title" | "points" | undefined;
  readonly direction: "asc" | "desc";
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly least: number | undefined;
}

const narrowings: fc.Arbitrary<Narrowing> = fc.record({
  sort: fc.constantFrom("title", "points", undefined),
  direction: fc.constantFrom("asc", "desc"),
  limit: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  offset: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  least: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

/** What a query and the query of a load have in common. */
interface Narrowable {
  filter(filter: { readonly points: { readonly gte: number } }): this;
  sort(...by: ("id" | { readonly title?: "asc" | "desc"; readonly points?: "asc" | "desc" })[]): this;
  limit(count: number): this;
  offset(count: number): this;
}

/** The primary key decides between equals, as it does inside a load that is cut. */
function narrow<Narrowed extends Narrowable>(query: Narrowed, narrowing: Narrowing): Narrowed {
  const { sort, direction, limit, offset, least } = narrowing;
  let narrowed = least === undefined ? query : query.filter({ points: { gte: least } });
  narrowed = (sort === undefined ? narrowed : narrowed.sort({ [sort]: direction })).sort("id");
  if (limit !== undefined) narrowed = narrowed.limit(limit);
  return offset === undefined ? narrowed : narrowed.offset(offset);
}

describe.each(databaseKinds)("load against a query for each parent on %s", (kind) => {
  const shop = useShop(kind, {
    seed: async ({ knex }) => {
      await insertRows(
        knex,
        User,
        numbers.map((number) => ({ id: userId(number), email: `${String(number)}@example.org` })),
      );
      await insertRows(
        knex,
        Task,
        numbers.map((number) => ({
          id: taskId(number),
          title: ["a", "b", "C"][number % 3] ?? "",
          points: number % 5 === 4 ? null : number % 5,
        })),
      );
      const pairs = numbers.flatMap((user) => numbers.map((task) => ({ user, task })));
      const joined = pairs.filter(({ user, task }) => user !== 3 && (user * 7 + task * 5) % 4 !== 0);
      await insertRows(
        knex,
        UserTask,
        joined.map(({ user, task }) => ({
          userId: userId(user),
          taskId: taskId(task),
          position: task % 3,
          role: null,
        })),
      );
      const followed = pairs.filter(({ user, task }) => (user + task) % 5 === 0);
      await insertRows(
        knex,
        Follow,
        followed.map(({ user, task }) => ({ followerId: userId(user), followedId: userId(task) })),
      );
      await insertRows(
        knex,
        Comment,
        pairs.slice(0, 60).map(({ user, task }, index) => ({
          id: uuidOf(1000 + index),
          body: String(index % 4),
          taskId: taskId(task),
          authorId: user % 3 === 0 ? null : userId(user),
          parentId: index % 2 === 0 || index < 3 ? null : uuidOf(1000 + Math.floor(index / 3)),
        })),
      );
    },
  });

  it("gives the same through a join resource, with its row, however it is narrowed", async () => {
    await fc.assert(
      fc.asyncProperty(narrowings, async (narrowing) => {
        const { repo } = shop();
        const users = await repo
          .query(User)
          .sort("id")
          .load("tasks", (tasks) => narrow(tasks, narrowing))
          .read();
        for (const user of users) {
          const own = repo.query(Task).filter({ users: { id: user.id } });
          const expected = await narrow(own, narrowing).read();
          expect(user.tasks.map(({ $join: _, ...task }) => task)).toEqual(
            expected.map((task) => ({ ...task })),
          );
          for (const { id, $join } of user.tasks)
            expect($join).toEqual(await repo.get(UserTask, { userId: user.id, taskId: id }));
        }
      }),
      { numRuns: 12 },
    );
  });

  it("gives the same through the other kinds, nested and through itself", async () => {
    const { repo } = shop();
    const cuts = fc.record({
      limit: fc.integer({ min: 1, max: 4 }),
      offset: fc.integer({ min: 0, max: 2 }),
      isCut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ limit, offset, isCut }) => {
        const cut = (query: Query<typeof Comment>): Query<typeof Comment> =>
          isCut ? query.sort("body", "id").limit(limit).offset(offset) : query.sort("body", "id");
        const comments = await repo
          .query(Comment)
          .sort("id")
          .load("replies", (replies) => cut(replies).load("author").load("parent"))
          .load("author", (author) =>
            author.load("followers", (followers) => followers.sort({ id: "desc" }).limit(limit)),
          )
          .read();
        for (const comment of comments) {
          const replies = await cut(repo.query(Comment).filter({ parentId: comment.id })).read();
          expect(comment.replies.map(({ id }) => id)).toEqual(replies.map(({ id }) => id));
          expect(comment.replies.every(({ parent }) => parent?.id === comment.id)).toBe(true);
          for (const reply of comment.replies) expect(reply.author?.id ?? null).toBe(reply.authorId);
          expect(comment.author?.id ?? null).toBe(comment.authorId);
          if (comment.authorId === null) continue;
          const followers = repo
            .query(User)
            .filter({ following: { id: comment.authorId } })
            .sort({ id: "desc" });
          expect(comment.author?.followers.map(({ id }) => id)).toEqual(
            (await followers.limit(limit).read()).map(({ id }) => id),
          );
        }
      }),
      { numRuns: 6 },
    );
  });
});
