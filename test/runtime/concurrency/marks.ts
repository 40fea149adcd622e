import type { Knex } from "knex";
import { insertRows, Task, User, uuidOf } from "../shop.js";

export const sharedUsers = Array.from({ length: 5 }, (_, index) => uuidOf(100 + index));
export const sharedTasks = Array.from({ length: 5 }, (_, index) => uuidOf(200 + index));

/** The id of what one transaction of a contender relates, and no other: a task for some, a user for others. */
export function markOf(contender: number, place: number): string {
  return uuidOf(10_000 * (contender + 1) + place);
}

/** The shared users and tasks, and the marks of this many transactions of two contenders. */
export async function seedContest(knex: Knex, count: number): Promise<void> {
  const places = Array.from({ length: count }, (_, place) => place);
  const marks = [0, 1].flatMap((contender) => places.map((place) => markOf(contender, place)));
  const users = [...sharedUsers, ...marks].map((id) => ({ id, email: `${id}@example.org`, name: id }));
  const moments = { insertedAt: new Date(0), updatedAt: new Date(0) };
  await insertRows(
    knex,
    User,
    users.map((user) => ({ ...user, ...moments })),
  );
  await insertRows(
    knex,
    Task,
    [...sharedTasks, ...marks].map((id) => ({ id, title: id })),
  );
}
