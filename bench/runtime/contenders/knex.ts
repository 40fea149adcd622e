import knexModule, { type Knex } from "knex";
import type { LoadedUser, OpenContender, Pair } from "../contender.js";
import type { TaskRow, UserRow } from "./rows.js";

/** The builder, and relationships by hand. */
export const openKnex: OpenContender = (connection) => {
  const knex = knexModule.knex({ client: "pg", connection, pool: { min: 1, max: 1 } });
  return {
    load: (users) => load(knex, users),
    prepareAppends: async (pairs) => pairs.map((pair) => async () => insert(knex, [pair])),
    insertPairs: async (pairs) => insert(knex, pairs),
    close: () => knex.destroy(),
  };
};

async function load(knex: Knex, limit: number): Promise<LoadedUser[]> {
  const users = await knex<UserRow>("users").limit(limit);
  const rows: (TaskRow & { user_id: string })[] = await knex("user_tasks")
    .join("tasks", "tasks.id", "user_tasks.task_id")
    .whereIn(
      "user_tasks.user_id",
      users.map(({ id }) => id),
    )
    .select("user_tasks.user_id", "tasks.*");
  const tasks = new Map(users.map(({ id }): [string, TaskRow[]] => [id, []]));
  for (const row of rows) tasks.get(row.user_id)?.push(row);
  return users.map((user) => ({ ...user, tasks: tasks.get(user.id) ?? [] }));
}

function insert(knex: Knex, pairs: readonly Pair[]): Knex.QueryBuilder {
  const rows = pairs.map(({ userId, taskId }) => ({ user_id: userId, task_id: taskId }));
  return knex("user_tasks").insert(rows).onConflict().ignore();
}
