import { defineRelations } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import pg from "pg";
import type { OpenContender } from "../contender.js";

const stamps = {
  insertedAt: timestamp("inserted_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
};

const users = pgTable("users", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull(),
  ...stamps,
});

const tasks = pgTable("tasks", { id: uuid().primaryKey(), title: text().notNull(), ...stamps });

const userTasks = pgTable(
  "user_tasks",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    taskId: uuid("task_id")
      .notNull()
      .references(() => tasks.id),
  },
  (table) => [primaryKey({ columns: [table.userId, table.taskId] })],
);

const relations = defineRelations({ users, tasks, userTasks }, (relation) => ({
  users: {
    tasks: relation.many.tasks({
      from: relation.users.id.through(relation.userTasks.userId),
      to: relation.tasks.id.through(relation.userTasks.taskId),
    }),
  },
}));

/** Relational queries. */
export const openDrizzle: OpenContender = (connection) => {
  const pool = new pg.Pool({ ...connection, max: 1 });
  const database = drizzle({ client: pool, relations });
  return {
    load: (limit) => database.query.users.findMany({ limit, with: { tasks: true } }),
    prepareAppends: async (pairs) =>
      pairs.map((pair) => async () => database.insert(userTasks).values(pair).onConflictDoNothing()),
    insertPairs: async (pairs) =>
      database
        .insert(userTasks)
        .values([...pairs])
        .onConflictDoNothing(),
    close: () => pool.end(),
  };
};
