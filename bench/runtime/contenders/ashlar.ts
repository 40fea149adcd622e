import knexModule from "knex";
import type { Repo } from "../../../src/runtime/index.js";
import { runtime } from "../built-runtime.js";
import type { OpenContender, Pair } from "../contender.js";

const { createRepo, datetime, domain, integer, manyToMany, resource, string, timestamps, uuid } = runtime;

class User extends resource({
  table: "users",
  attributes: {
    id: uuid().primaryKey(),
    name: string().required(),
    email: string().required(),
    ...timestamps(),
  },
  actions: { defaults: ["read", "update"] },
}) {
  static readonly relationships = {
    tasks: manyToMany(() => Task, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "userId",
      destinationAttributeOnJoinResource: "taskId",
    }),
  };
}

class Task extends resource({
  table: "tasks",
  attributes: { id: uuid().primaryKey(), title: string().required(), ...timestamps() },
  actions: { defaults: ["read"] },
}) {}

class UserTask extends resource({
  table: "user_tasks",
  attributes: { userId: uuid().primaryKey(), taskId: uuid().primaryKey() },
  actions: { defaults: ["create", "read"] },
}) {}

class Reading extends resource({
  table: "readings",
  attributes: {
    id: integer().primaryKey(),
    sensor: string().required(),
    value: integer().required(),
    insertedAt: datetime().required(),
  },
  actions: { defaults: ["read"] },
}) {}

const Bench = domain("Bench", { resources: [User, Task, UserTask, Reading] });

/** What is shipped, as its documentation says it. */
export const openAshlar: OpenContender = (connection) => {
  const knex = knexModule.knex({ client: "pg", connection, pool: { min: 1, max: 1 } });
  const repo = createRepo(knex, { domains: [Bench] });
  return {
    load: (users) => repo.query(User).load("tasks").limit(users).read(),
    prepareAppends: (pairs) => prepareAppends(repo, pairs),
    insertPairs: (pairs) => repo.createMany(UserTask, pairs, { onDuplicate: "ignore" }),
    stream: () => repo.query(Reading).stream(),
    close: () => knex.destroy(),
  };
};

/** The records are read before; the append itself is what is timed. */
async function prepareAppends(
  repo: Repo,
  pairs: readonly Pair[],
): Promise<readonly (() => Promise<unknown>)[]> {
  const users = new Map((await repo.query(User).read()).map((user) => [user.id, user]));
  const tasks = new Map((await repo.query(Task).read()).map((task) => [task.id, task]));
  return pairs.map(({ userId, taskId }) => {
    const user = users.get(userId);
    const task = tasks.get(taskId);
    if (user === undefined || task === undefined) throw new Error(`No user ${userId}, or no task ${taskId}`);
    return () =>
      repo.changeset(User, user).forUpdate().manageRelationship("tasks", [task], { type: "append" }).update();
  });
}
