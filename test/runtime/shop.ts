/**
 * Resources for tests: every kind of relationship, every type of attribute, composite keys, join rows with a payload.
 *
 * @example
 * await createShopTables(database.knex);
 * await seedShop(database.knex); // or: await insertRows(database.knex, User, [{ id: uuidOf(1), email: "a@example.org" }])
 * const repo = createRepo(database.knex, { domains: shopDomains });
 */
import type { Knex } from "knex";
import { describeTable } from "../../src/migrations/describe.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import {
  belongsTo,
  bigint,
  binary,
  boolean,
  date,
  datetime,
  decimal,
  domain,
  enumeration,
  float,
  hasMany,
  hasOne,
  integer,
  integerPrimaryKey,
  json,
  manyToMany,
  resource,
  string,
  text,
  time,
  timestamps,
  uuid,
  uuidPrimaryKey,
  type AnyResource,
} from "../../src/runtime/index.js";
import { bindValue, columnOf, mapTable } from "../../src/runtime/mapping/table-map.js";
import type { AttributesOf } from "../../src/runtime/resource-types.js";
import { findDatabaseKind } from "../../src/runtime/session/database-kind.js";
import { prepareMigration } from "../migrations/run-migration.js";

export class User extends resource({
  table: "users",
  attributes: {
    id: uuidPrimaryKey(),
    email: string().required(),
    name: string(),
    ...timestamps(),
  },
  identities: { uniqueEmail: ["email"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    userTasks: hasMany(() => UserTask, { destinationAttribute: "userId" }),
    tasks: manyToMany(() => Task, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "userId",
      destinationAttributeOnJoinResource: "taskId",
    }),
    comments: hasMany(() => Comment, { destinationAttribute: "authorId" }),
    profile: hasOne(() => Profile, { destinationAttribute: "userId" }),
    following: manyToMany(() => User, {
      through: () => Follow,
      sourceAttributeOnJoinResource: "followerId",
      destinationAttributeOnJoinResource: "followedId",
    }),
    followers: manyToMany(() => User, {
      through: () => Follow,
      sourceAttributeOnJoinResource: "followedId",
      destinationAttributeOnJoinResource: "followerId",
    }),
  };

  get label(): string {
    return this.name ?? this.email;
  }
}

export class Task extends resource({
  table: "tasks",
  attributes: {
    id: uuidPrimaryKey(),
    title: string().required(),
    body: text(),
    points: integer(),
    views: bigint().required().default(0n),
    price: decimal(10, 2).required().default("0.00"),
    rating: float(),
    done: boolean().required().default(false),
    state: enumeration("open", "closed").required().default("open"),
    dueOn: date(),
    startsAt: time(),
    doneAt: datetime(),
    meta: json<{ readonly [key: string]: unknown }>().default({}),
    seal: binary(),
    labels: text().array(),
    categorySlug: string(),
  },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    userTasks: hasMany(() => UserTask, { destinationAttribute: "taskId" }),
    users: manyToMany(() => User, {
      through: () => UserTask,
      sourceAttributeOnJoinResource: "taskId",
      destinationAttributeOnJoinResource: "userId",
    }),
    comments: hasMany(() => Comment, { destinationAttribute: "taskId" }),
    category: belongsTo(() => Category, { sourceAttribute: "categorySlug", destinationAttribute: "slug" }),
  };
}

export class UserTask extends resource({
  table: "user_tasks",
  attributes: {
    userId: uuid().primaryKey(),
    taskId: uuid().primaryKey(),
    role: string(),
    position: integer(),
  },
  identities: { uniqueUserTask: ["userId", "taskId"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    user: belongsTo(() => User, { onDelete: "cascade" }),
    task: belongsTo(() => Task, { onDelete: "cascade" }),
  };
}

/** A resource that meets itself. */
export class Follow extends resource({
  table: "follows",
  attributes: { followerId: uuid().primaryKey(), followedId: uuid().primaryKey(), since: date() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    follower: belongsTo(() => User, { onDelete: "cascade" }),
    followed: belongsTo(() => User, { onDelete: "cascade" }),
  };
}

export class Comment extends resource({
  table: "comments",
  attributes: {
    id: uuidPrimaryKey(),
    body: text().required(),
    taskId: uuid().required(),
    authorId: uuid(),
    parentId: uuid(),
    ...timestamps(),
  },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    task: belongsTo(() => Task, { onDelete: "cascade" }),
    author: belongsTo(() => User, { onDelete: "nilify" }),
    parent: belongsTo(() => Comment, { onDelete: "cascade" }),
    replies: hasMany(() => Comment, { destinationAttribute: "parentId" }),
  };
}

export class Profile extends resource({
  table: "profiles",
  attributes: { id: uuidPrimaryKey(), userId: uuid().required().unique(), bio: text() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = { user: belongsTo(() => User, { onDelete: "cascade" }) };
}

/** Tasks name it by an attribute that is not its primary key. */
export class Category extends resource({
  table: "categories",
  attributes: { id: integerPrimaryKey(), slug: string().required().unique(), name: string().required() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    tasks: hasMany(() => Task, { destinationAttribute: "categorySlug", sourceAttribute: "slug" }),
  };
}

export const Accounts = domain("Accounts", { resources: [User, Profile, UserTask, Follow] });
export const Works = domain("Works", { resources: [Task, Comment, Category] });
export const shopDomains = [Accounts, Works] as const;

const resources = [User, Category, Task, UserTask, Follow, Comment, Profile];

/** Makes the tables as a project's migration would, with the names of constraints that errors are read by. */
export async function createShopTables(knex: Knex): Promise<void> {
  await createTables(knex, resources);
}

/** Makes the tables of any resources. */
export async function createTables(knex: Knex, tables: readonly AnyResource[]): Promise<void> {
  const described = tables.map(({ definition }) => describeTable(definition));
  const snapshot = new Map(described.map((table) => [table.name, table]));
  const kind = findDatabaseKind(knex);
  const database = { kind, knex, connection: {}, close: async (): Promise<void> => {} };
  await (await prepareMigration(database, diffSnapshots(new Map(), snapshot))).up();
}

/** The n-th of a row of UUIDs that sort by n. */
export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

export type Values<Resource extends AnyResource> = {
  readonly [Name in keyof AttributesOf<Resource>]?: AttributesOf<Resource>[Name]["$type"]["record"];
};

/** Inserts rows past the runtime, so that reading is tested without writing; the database fills in its defaults. */
export async function insertRows<Resource extends AnyResource>(
  knex: Knex,
  { definition }: Resource,
  rows: readonly Values<Resource>[],
): Promise<void> {
  const table = mapTable(definition, findDatabaseKind(knex));
  const bound = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        const column = columnOf(table, name);
        return [column.attribute.column, bindValue(column, value)];
      }),
    ),
  );
  // SQLite has no word for a default among values: rows that give the same go together.
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of bound) {
    const columns = Object.keys(row).join();
    groups.set(columns, groups.get(columns) ?? []);
    groups.get(columns)?.push(row);
  }
  for (const group of groups.values()) {
    for (let start = 0; start < group.length; start += 400) {
      await knex(definition.table).insert(group.slice(start, start + 400));
    }
  }
}

export const ada = uuidOf(1);
export const bob = uuidOf(2);
/** Has no name, no task, no profile. */
export const cem = uuidOf(3);
export const write = uuidOf(11);
export const read = uuidOf(12);
/** Nobody's. */
export const rest = uuidOf(13);

/**
 * Three users and three tasks: Ada has both "Write" (as owner) and "Read", Bob has "Read", nobody has "Rest". Two comments
 * on "Write", the second a reply by nobody to the first, Ada's. Ada has a profile; Bob follows Ada, Ada follows herself.
 */
export async function seedShop(knex: Knex): Promise<void> {
  const insertedAt = new Date("2026-01-02T03:04:05.678Z");
  const stamps = { insertedAt, updatedAt: insertedAt };
  await insertRows(knex, User, [
    { id: ada, email: "ada@example.org", name: "Ada", ...stamps },
    { id: bob, email: "bob@example.org", name: "Bob", ...stamps },
    { id: cem, email: "cem@example.org", name: null, ...stamps },
  ]);
  await insertRows(knex, Category, [
    { slug: "desk", name: "At the desk" },
    { slug: "none", name: "Empty" },
  ]);
  await seedTasks(knex);
  await insertRows(knex, UserTask, [
    { userId: ada, taskId: write, role: "owner", position: 2 },
    { userId: ada, taskId: read, role: null, position: 1 },
    { userId: bob, taskId: read, role: "helper", position: null },
  ]);
  await insertRows(knex, Follow, [
    { followerId: bob, followedId: ada, since: "2026-01-01" },
    { followerId: ada, followedId: ada, since: null },
  ]);
  await insertRows(knex, Comment, [
    { id: uuidOf(21), body: "First", taskId: write, authorId: ada, parentId: null, ...stamps },
    { id: uuidOf(22), body: "Second", taskId: write, authorId: null, parentId: uuidOf(21), ...stamps },
  ]);
  await insertRows(knex, Profile, [{ id: uuidOf(31), userId: ada, bio: "Counts." }]);
}

async function seedTasks(knex: Knex): Promise<void> {
  await insertRows(knex, Task, [
    {
      id: write,
      title: "Write",
      body: "100% of it, by_hand",
      points: 5,
      views: 9007199254740993n,
      price: "12.50",
      rating: 4.5,
      done: true,
      state: "closed",
      dueOn: "2026-02-28",
      startsAt: "09:30:00",
      doneAt: new Date("2026-02-27T10:00:00.123Z"),
      meta: { tags: ["a"] },
      seal: new Uint8Array([0, 255]),
      labels: ["red", "blue"],
      categorySlug: "desk",
    },
    {
      id: read,
      title: "Read",
      body: null,
      points: 3,
      views: 2n,
      price: "7.00",
      labels: [],
      categorySlug: "desk",
    },
    { id: rest, title: "Rest", body: "nothing", points: null, views: 0n, price: "0.00" },
  ]);
}
