import pg from "pg";
import type { OpenContender, Pair } from "../contender.js";
import type { TaskRow, UserRow } from "./rows.js";

type User = UserRow & { readonly tasks: TaskRow[] };

const selectTasks = `
  select user_tasks.user_id, tasks.* from user_tasks join tasks on tasks.id = user_tasks.task_id
  where user_tasks.user_id = any($1)`;

const insertPair = "insert into user_tasks (user_id, task_id) values ($1, $2) on conflict do nothing";

const insertPairs = `
  insert into user_tasks (user_id, task_id) select * from unnest($1::uuid[], $2::uuid[])
  on conflict do nothing`;

/** Written by hand: what the others are measured against. */
export const openPg: OpenContender = (connection) => {
  const pool = new pg.Pool({ ...connection, max: 1 });
  return {
    load: (users) => load(pool, users),
    prepareAppends: async (pairs) =>
      pairs.map((pair) => () => pool.query(insertPair, [pair.userId, pair.taskId])),
    insertPairs: (pairs) => pool.query(insertPairs, listColumns(pairs)),
    stream: () => streamReadings(pool),
    close: () => pool.end(),
  };
};

async function load(pool: pg.Pool, count: number): Promise<User[]> {
  const { rows } = await pool.query<UserRow>("select * from users limit $1", [count]);
  const users = new Map(rows.map((row): [string, User] => [row.id, { ...row, tasks: [] }]));
  const tasks = await pool.query<TaskRow & { user_id: string }>(selectTasks, [[...users.keys()]]);
  for (const task of tasks.rows) users.get(task.user_id)?.tasks.push(task);
  return [...users.values()];
}

function listColumns(pairs: readonly Pair[]): string[][] {
  return [pairs.map(({ userId }) => userId), pairs.map(({ taskId }) => taskId)];
}

async function* streamReadings(pool: pg.Pool): AsyncGenerator<unknown> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("declare readings_cursor no scroll cursor for select * from readings");
    let rows: unknown[];
    do {
      ({ rows } = await client.query("fetch 1000 from readings_cursor"));
      yield* rows;
    } while (rows.length > 0);
    await client.query("commit");
  } finally {
    client.release();
  }
}
