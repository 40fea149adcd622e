import { belongsTo, resource, uuid } from "../../../src/runtime/index.js";
import { Task } from "./task.js";
import { User } from "./user.js";

export class UserTask extends resource({
  table: "user_tasks",
  attributes: { userId: uuid().primaryKey(), taskId: uuid().primaryKey() },
}) {
  static readonly relationships = {
    user: belongsTo(() => User, { onDelete: "cascade" }),
    task: belongsTo(() => Task, { onDelete: "cascade" }),
  };
}
