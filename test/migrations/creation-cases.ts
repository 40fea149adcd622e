import { describeTable } from "../../src/migrations/describe.js";
import type { Snapshot } from "../../src/migrations/snapshot.js";
import {
  belongsTo,
  bigint,
  binary,
  boolean,
  date,
  datetime,
  decimal,
  enumeration,
  float,
  integer,
  integerPrimaryKey,
  json,
  resource,
  string,
  text,
  time,
  uuid,
  uuidPrimaryKey,
  uuidV7PrimaryKey,
} from "../../src/runtime/index.js";
import { column, foreignKeyTo, snapshotOf, tableOf } from "./tables.js";

class User extends resource({
  table: "users",
  attributes: {
    id: uuidPrimaryKey(),
    email: string().required(),
    name: string(80).description("Whose? O'Neil's"),
  },
  identities: { uniqueEmail: ["email"] },
}) {}

class Task extends resource({
  table: "tasks",
  attributes: { id: uuidV7PrimaryKey(), title: text().required().index(), parentId: uuid() },
}) {
  static readonly relationships = { parent: belongsTo(() => Task, { onDelete: "nilify" }) };
}

class UserTask extends resource({
  table: "user_tasks",
  attributes: { userId: uuid().primaryKey(), taskId: uuid().primaryKey() },
  identities: { uniqueUserTask: ["userId", "taskId"] },
}) {
  static readonly relationships = {
    user: belongsTo(() => User, { onDelete: "cascade" }),
    task: belongsTo(() => Task, { onDelete: "restrict" }),
  };
}

class Everything extends resource({
  table: "everything",
  attributes: {
    id: integerPrimaryKey(),
    name: string(),
    short: string(12).required().default("it's?"),
    body: text().required().default(""),
    count: integer().required().default(0),
    big: bigint().default(9007199254740993n),
    ratio: float().default(0.1),
    price: decimal(10, 2).required().default("1.50"),
    whole: decimal(6),
    exact: decimal(),
    done: boolean().required().default(false),
    key: uuid().unique(),
    day: date(),
    at: time(),
    moment: datetime().default(new Date(0)),
    settings: json().required().default({ theme: 'it\'s "dark"?' }),
    bytes: binary(),
    status: enumeration("open", "it's done", "what?").required().default("open"),
    tags: string(20).array().required().default(["a", 'b"c', "d,e", "f\\g"]),
    counts: integer().array().array(),
    states: enumeration("on", "off?").array().default([]),
    documents: json().array(),
  },
}) {}

const recipe = snapshotOf(...[User, Task, UserTask].map(({ definition }) => describeTable(definition)));
export const everything = snapshotOf(describeTable(Everything.definition));
const circle: Snapshot = snapshotOf(
  tableOf("hens", [column("egg_id", { kind: "uuid" })], {
    foreignKeys: [foreignKeyTo("eggs", "hens", "egg_id")],
  }),
  tableOf("eggs", [column("hen_id", { kind: "uuid" })], {
    foreignKeys: [foreignKeyTo("hens", "eggs", "hen_id")],
  }),
);
const longName = "a_table_whose_name_is_as_long_as_postgresql_takes_it_sixty_three";
const numbered = snapshotOf({
  ...tableOf(longName.slice(0, 63), [], { primaryKey: { name: "its_own_name", columns: ["id"] } }),
  columns: [{ name: "id", type: { kind: "bigint" }, nullable: false, default: { kind: "increment" } }],
});

/** Schemas to make from nothing, by what they show. */
export const creations: Readonly<Record<string, Snapshot>> = {
  "the two ends and the join table of a recipe": recipe,
  "every type of attribute": everything,
  "tables that refer to each other": circle,
  "a table whose key has a name of its own": numbered,
};
