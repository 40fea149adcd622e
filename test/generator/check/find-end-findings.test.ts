import { expect, test } from "vitest";
import { findEndFindings } from "../../../src/generator/check/find-end-findings.js";
import {
  belongsTo,
  hasMany,
  hasOne,
  manyToMany,
  resource,
  uuid,
  uuidPrimaryKey,
} from "../../../src/runtime/index.js";

class Company extends resource({ table: "companies", attributes: { id: uuidPrimaryKey() } }) {}

class User extends resource({ table: "users", attributes: { id: uuidPrimaryKey(), bossId: uuid() } }) {
  static readonly relationships = {
    boss: belongsTo(() => User, { sourceAttribute: "bossId" }),
    reports: hasMany(() => User, { destinationAttribute: "bossId" }),
    tasks: manyToMany(() => Task, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "userId",
      destinationAttributeOnJoinResource: "taskId",
    }),
  };
}

class Task extends resource({ table: "tasks", attributes: { id: uuidPrimaryKey() } }) {
  static readonly relationships = { userTask: hasOne(() => UserTask, { destinationAttribute: "taskId" }) };
}

class UserTask extends resource({
  table: "user_tasks",
  attributes: { userId: uuid().primaryKey(), taskId: uuid().primaryKey() },
}) {
  static readonly relationships = { user: belongsTo(() => User), task: belongsTo(() => Task) };
}

class Crossed extends resource({
  table: "crossed",
  attributes: { id: uuidPrimaryKey(), userId: uuid(), ownerId: uuid() },
}) {
  static readonly relationships = {
    user: belongsTo(() => User),
    owner: belongsTo(() => Company, { sourceAttribute: "ownerId" }),
  };
}

class Owner extends resource({ table: "owners", attributes: { id: uuidPrimaryKey() } }) {
  static readonly relationships = { crossed: hasMany(() => Crossed, { destinationAttribute: "ownerId" }) };
}

class Mixed extends resource({ table: "mixed", attributes: { id: uuidPrimaryKey() } }) {
  static readonly relationships = {
    tasks: manyToMany(() => Task, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "userId",
      destinationAttributeOnJoinResource: "taskId",
    }),
  };
}

function find(
  ...resources: readonly { readonly definition: Parameters<typeof findEndFindings>[0][number] }[]
) {
  return findEndFindings(resources.map(({ definition }) => definition));
}

test("ends that agree are fine, through a join and within one resource too", () => {
  expect(find(User, Task, UserTask)).toEqual({ problems: [], notices: [] });
});

test("an end that takes the key for that of another resource is named with what the key says", () => {
  expect(find(Company, Owner, Crossed).problems).toMatchObject([
    {
      code: "check.ends.disagree",
      message:
        '"Owner.crossed" takes "Crossed.ownerId" for the "id" of a "Owner", but "Crossed.owner" says that it is the "id" of a "Company".',
    },
  ]);
});

test("so is one that goes through a join resource of others", () => {
  expect(find(User, Task, UserTask, Mixed).problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('"Mixed.tasks" takes "UserTask.userId" for the "id" of a "Mixed"'),
  ]);
});

test("relationships with one end only are counted in one notice", () => {
  const { problems, notices } = find(Company, User, Task, UserTask, Crossed);
  expect(problems).toEqual([]);
  expect(notices.map(({ code, message }) => [code, message])).toEqual([
    [
      "check.ends.missing",
      "The other end has no relationship for Crossed.user, Crossed.owner: nothing can be loaded from there.",
    ],
  ]);
});
