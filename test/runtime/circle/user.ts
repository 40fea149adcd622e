import { hasMany, manyToMany, resource, uuidPrimaryKey } from "../../../src/runtime/index.js";
import { Task } from "./task.js";
import { UserTask } from "./user-task.js";

export class User extends resource({ table: "users", attributes: { id: uuidPrimaryKey() } }) {
  static readonly relationships = {
    userTasks: hasMany(() => UserTask, { destinationAttribute: "userId" }),
    tasks: manyToMany(() => Task, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "userId",
      destinationAttributeOnJoinResource: "taskId",
    }),
  };
}
