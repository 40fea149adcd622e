import {
  belongsTo,
  hasMany,
  manyToMany,
  resource,
  uuid,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";
import { UserTask } from "./user-task.js";
import { User } from "./user.js";

export class Task extends resource({
  table: "tasks",
  attributes: { id: uuidPrimaryKey(), parentId: uuid() },
}) {
  static readonly relationships = {
    parent: belongsTo(() => Task),
    children: hasMany(() => Task, { destinationAttribute: "parentId" }),
    userTasks: hasMany(() => UserTask, { destinationAttribute: "taskId" }),
    users: manyToMany(() => User, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "taskId",
      destinationAttributeOnJoinResource: "userId",
    }),
  };
}
