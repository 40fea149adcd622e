import { type Generated, Kysely, PostgresDialect } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import pg from "pg";
import type { LoadedUser, OpenContender, Pair } from "../contender.js";

interface Database {
  users: {
    id: string;
    name: string;
    email: string;
    inserted_at: Generated<Date>;
    updated_at: Generated<Date>;
  };
  tasks: { id: string; title: string; inserted_at: Generated<Date>; updated_at: Generated<Date> };
  user_tasks: { user_id: string; task_id: string };
}

/** Tasks as JSON, which its documentation recommends; their dates stay text. */
export const openKysely: OpenContender = (connection) => {
  const dialect = new PostgresDialect({ pool: new pg.Pool({ ...connection, max: 1 }) });
  const database = new Kysely<Database>({ dialect });
  return {
    load: (users) => load(database, users),
    prepareAppends: async (pairs) => pairs.map((pair) => () => insert(database, [pair])),
    insertPairs: (pairs) => insert(database, pairs),
    close: () => database.destroy(),
  };
};

function load(database: Kysely<Database>, limit: number): Promise<LoadedUser[]> {
  return database
    .selectFrom("users")
    .selectAll("users")
    .select((users) =>
      jsonArrayFrom(
        users
          .selectFrom("user_tasks")
          .innerJoin("tasks", "tasks.id", "user_tasks.task_id")
          .selectAll("tasks")
          .whereRef("user_tasks.user_id", "=", "users.id"),
      ).as("tasks"),
    )
    .limit(limit)
    .execute();
}

function insert(database: Kysely<Database>, pairs: readonly Pair[]): Promise<unknown> {
  return database
    .insertInto("user_tasks")
    .values(pairs.map(({ userId, taskId }) => ({ user_id: userId, task_id: taskId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
