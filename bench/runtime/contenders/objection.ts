import knexModule from "knex";
import objection from "objection";
import type { OpenContender } from "../contender.js";

class Task extends objection.Model {
  static override readonly tableName = "tasks";
  declare readonly id: string;
  declare readonly title: string;
  declare readonly inserted_at: Date;
  declare readonly updated_at: Date;
}

class UserTask extends objection.Model {
  static override readonly tableName = "user_tasks";
  static override readonly idColumn = ["user_id", "task_id"];
  declare readonly user_id: string;
  declare readonly task_id: string;
}

class User extends objection.Model {
  static override readonly tableName = "users";
  static override readonly relationMappings = {
    tasks: {
      relation: objection.Model.ManyToManyRelation,
      modelClass: Task,
      join: {
        from: "users.id",
        through: { from: "user_tasks.user_id", to: "user_tasks.task_id" },
        to: "tasks.id",
      },
    },
  };
  declare readonly id: string;
  declare readonly name: string;
  declare readonly email: string;
  declare readonly inserted_at: Date;
  declare readonly updated_at: Date;
  declare readonly tasks: Task[];
}

/** Its graphs; `relate` knows no "on conflict", so that a second one of the same pair would fail. */
export const openObjection: OpenContender = (connection) => {
  const knex = knexModule.knex({ client: "pg", connection, pool: { min: 1, max: 1 } });
  return {
    load: async (users) => User.query(knex).withGraphFetched("tasks").limit(users),
    prepareAppends: async (pairs) =>
      pairs.map((pair) => async () => User.relatedQuery("tasks", knex).for(pair.userId).relate(pair.taskId)),
    insertPairs: async (pairs) =>
      UserTask.query(knex)
        .insert(pairs.map(({ userId, taskId }) => ({ user_id: userId, task_id: taskId })))
        .onConflict()
        .ignore(),
    close: () => knex.destroy(),
  };
};
