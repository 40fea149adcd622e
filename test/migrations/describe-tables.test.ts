import { describe, expect, it } from "vitest";
import { describeTable, describeTables } from "../../src/migrations/describe.js";
import type { TableSnapshot } from "../../src/migrations/snapshot.js";
import {
  belongsTo,
  bigint,
  datetime,
  decimal,
  enumeration,
  hasMany,
  integer,
  integerPrimaryKey,
  isAshlarError,
  resource,
  string,
  text,
  uuid,
  uuidPrimaryKey,
  type AnyResource,
} from "../../src/runtime/index.js";

const id = uuidPrimaryKey();

function describeAll(...resources: readonly AnyResource[]) {
  return describeTables(resources.map(({ definition }) => definition));
}

function tableOf(key: string, ...resources: readonly AnyResource[]): TableSnapshot {
  const table = describeAll(...resources).snapshot.get(key);
  if (!table) throw new Error(`There is no table "${key}".`);
  return table;
}

function problemsOf(...resources: readonly AnyResource[]): readonly string[] {
  try {
    describeAll(...resources);
  } catch (error) {
    if (isAshlarError(error)) return error.problems.map(({ code, message }) => `${code}: ${message}`);
    throw error;
  }
  return [];
}

class Follow extends resource({
  table: "_follows",
  primaryKeyConstraint: false,
  attributes: { a: integer().primaryKey(), b: integer().primaryKey() },
  identities: { pair: ["a", "b"] },
}) {}

class Order extends resource({
  schema: "sales",
  table: "orders",
  renamedFrom: "purchases",
  primaryKeyName: "order_key",
  description: "What was bought",
  attributes: {
    tenantId: integer().primaryKey(),
    number: bigint().primaryKey().generated("alwaysIdentity"),
    mail: text().databaseType("citext").renamedFrom("address"),
    state: enumeration("open", "paid").native("order_state").array(),
    total: decimal(10, 2).generatedAs("price * 2"),
    half: integer().generatedAs("price / 2", { mode: "virtual" }),
    dueAt: datetime().required().defaultSql("now() + interval '1 day'"),
    counter: bigint().generated("identity"),
    parentNumber: bigint(),
    deletedAt: datetime(),
  },
  identities: {
    liveMail: { attributes: ["mail"], where: "deleted_at is null" },
    mailEver: { attributes: ["mail"], nullsDistinct: false, indexName: "mails", constraint: true },
    key: ["number", "tenantId"],
  },
  indexes: {
    byState: { on: ["state"], method: "gin" },
    byTotal: { on: [{ sql: "lower(mail)" }, "total"], unique: true, where: "total > 0", include: ["dueAt"] },
    byNumber: { on: ["number"], indexName: "numbers", method: "btree", nullsDistinct: true },
  },
  checks: { total: "total >= 0", byHand: { sql: "counter > 0", constraintName: "a_check" } },
  foreignKeys: {
    parent: {
      attributes: ["tenantId", "parentNumber"],
      references: { schema: "sales", table: "orders", columns: ["tenant_id", "number"] },
      onDelete: "cascade",
      onUpdate: "restrict",
      deferrable: "initiallyDeferred",
    },
  },
  statements: { touch: { up: "create trigger t", down: "drop trigger t" } },
}) {}

describe("what a resource says of its table", () => {
  it("has no primary key where the resource says so, and an index for the identity over its key", () => {
    const { primaryKey, columns, indexes } = tableOf("_follows", Follow);
    expect(primaryKey).toBeUndefined();
    expect(columns.map(({ nullable }) => nullable)).toEqual([false, false]);
    expect(indexes).toMatchObject([{ columns: ["a", "b"], unique: true }]);
  });

  it("is all in the snapshot", () => {
    const { columns, ...table } = tableOf("sales.orders", Order);
    expect(table).toEqual({
      schema: "sales",
      name: "orders",
      comment: "What was bought",
      primaryKey: { name: "order_key", columns: ["tenant_id", "number"] },
      indexes: [
        {
          name: "orders_live_mail_index",
          columns: ["mail"],
          unique: true,
          where: "deleted_at is null",
        },
        { name: "mails", columns: ["mail"], unique: true, nullsNotDistinct: true, constraint: true },
        { name: "orders_by_state_index", columns: ["state"], unique: false, method: "gin" },
        {
          name: "orders_by_total_index",
          columns: [{ sql: "lower(mail)" }, "total"],
          unique: true,
          where: "total > 0",
          include: ["due_at"],
        },
        { name: "numbers", columns: ["number"], unique: false },
        {
          name: "orders_tenant_id_parent_number_index",
          columns: ["tenant_id", "parent_number"],
          unique: false,
        },
      ],
      foreignKeys: [
        {
          name: "orders_tenant_id_parent_number_fkey",
          columns: ["tenant_id", "parent_number"],
          references: { table: "sales.orders", columns: ["tenant_id", "number"] },
          onDelete: "cascade",
          onUpdate: "restrict",
          deferrable: "initially deferred",
        },
      ],
      checks: [
        { name: "a_check", sql: "counter > 0" },
        { name: "orders_total_check", sql: "total >= 0" },
      ],
      statements: [{ name: "touch", up: "create trigger t", down: "drop trigger t" }],
    });
    expect(columns.slice(1, 8)).toEqual([
      {
        name: "number",
        type: { kind: "bigint" },
        nullable: false,
        default: { kind: "identity", always: true },
      },
      { name: "mail", type: { kind: "text", databaseType: "citext" }, nullable: true },
      {
        name: "state",
        type: { kind: "array", of: { kind: "enum", values: ["open", "paid"], native: "order_state" } },
        nullable: true,
      },
      {
        name: "total",
        type: { kind: "decimal", precision: 10, scale: 2 },
        nullable: true,
        generatedAs: "price * 2",
      },
      { name: "half", type: { kind: "integer" }, nullable: true, generatedAs: "price / 2", virtual: true },
      {
        name: "due_at",
        type: { kind: "datetime" },
        nullable: false,
        default: { kind: "sql", sql: "now() + interval '1 day'" },
      },
      {
        name: "counter",
        type: { kind: "bigint" },
        nullable: false,
        default: { kind: "identity", always: false },
      },
    ]);
  });

  it("names what was called otherwise, in its own schema and in the connection's", () => {
    class Bill extends resource({
      table: "bills",
      renamedFrom: "old.invoices",
      attributes: {
        id,
        name: string().column("title").renamedFrom("name"),
        same: text().renamedFrom("same"),
      },
    }) {}
    expect(describeAll(Order, Bill).renames).toEqual({
      tables: [
        { from: "sales.purchases", to: "sales.orders" },
        { from: "purchases", to: "sales.orders" },
        { from: "old.invoices", to: "bills" },
      ],
      columns: [
        { table: "sales.orders", from: "address", to: "mail" },
        { table: "bills", from: "name", to: "title" },
      ],
    });
  });

  it("says how a relationship is kept, or that it is not", () => {
    class Item extends resource({
      table: "items",
      attributes: { id, aId: uuid(), bId: uuid(), cId: uuid() },
    }) {
      static readonly relationships = {
        a: belongsTo(() => Item, {
          onUpdate: "cascade",
          deferrable: "initiallyImmediate",
          foreignKey: "a_key",
        }),
        b: belongsTo(() => Item, { foreignKey: false }),
        c: belongsTo(() => Item, { index: false }),
      };
    }
    const { foreignKeys, indexes } = tableOf("items", Item);
    expect(foreignKeys).toMatchObject([
      { name: "a_key", columns: ["a_id"], onUpdate: "cascade", deferrable: "initially immediate" },
      { name: "items_c_id_fkey" },
    ]);
    expect(foreignKeys[1]).not.toHaveProperty("onUpdate");
    expect(indexes.map(({ name }) => name)).toEqual(["items_a_id_index"]);
  });

  it("leaves out an index that one for every row makes needless, and no other", () => {
    class Item extends resource({
      table: "items",
      attributes: { id, a: text().index(), b: text().index(), c: text().index(), d: text() },
      identities: { byId: ["id"], named: { attributes: ["id"], indexName: "asked" } },
      indexes: {
        a: { on: ["a", "d"] },
        b: { on: ["b"], where: "d is null", indexName: "some_b" },
        c: { on: ["c"], method: "gin", indexName: "gin_c" },
      },
    }) {}
    expect(tableOf("items", Item).indexes.map(({ name }) => name)).toEqual([
      "asked",
      "items_a_index",
      "some_b",
      "gin_c",
      "items_b_index",
      "items_c_index",
    ]);
  });

  it("keeps a unique index over other columns than the key's, and one that was asked to be a constraint", () => {
    class Link extends resource({
      table: "links",
      attributes: { a: uuid().primaryKey(), b: uuid().primaryKey(), c: uuid().unique() },
      identities: {
        turned: ["b", "a"],
        part: ["a"],
        beside: ["a", "c"],
        again: { attributes: ["c"], constraint: true },
        equal: { attributes: ["c"], nullsDistinct: false },
      },
    }) {}
    expect(tableOf("links", Link).indexes.map(({ name }) => name)).toEqual([
      "links_c_index",
      "links_part_index",
      "links_beside_index",
      "links_again_index",
      "links_equal_index",
    ]);
  });

  it("refers to a table in its schema", () => {
    class Receipt extends resource({ table: "receipts", attributes: { id, saleId: uuid() } }) {
      static readonly relationships = { sale: belongsTo(() => Sale) };
    }
    class Sale extends resource({ schema: "sales", table: "sales", attributes: { id } }) {}
    expect(tableOf("receipts", Receipt, Sale).foreignKeys[0]?.references.table).toBe("sales.sales");
  });

  it("is nobody's where it is not managed", () => {
    class View extends resource({ table: "totals", managed: false, attributes: { id } }) {}
    expect([...describeAll(View, Order).snapshot.keys()]).toEqual(["sales.orders"]);
  });
});

describe("resources that share a table", () => {
  class Account extends resource({
    table: "users",
    attributes: { id, email: string().required(), role: text().required().default("member"), age: integer() },
    identities: { uniqueEmail: ["email"] },
    checks: { adult: "age > 17" },
  }) {}
  class Profile extends resource({
    table: "users",
    description: "People",
    attributes: {
      id,
      role: text().required().default("guest"),
      bio: text().required().description("In brief"),
      age: integer().required(),
    },
    identities: { uniqueBio: ["bio"] },
  }) {}

  it("are one table of what any of them says (case 52)", () => {
    const merged = tableOf("users", Account, Profile);
    expect(merged.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ["id", false],
      ["email", true],
      ["role", false],
      ["age", true],
      ["bio", true],
    ]);
    expect(merged.columns.map((column) => column.default?.kind)).toEqual([
      "uuid",
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(merged.indexes.map(({ name }) => name)).toEqual([
      "users_unique_email_index",
      "users_unique_bio_index",
    ]);
    expect([merged.comment, merged.checks?.length, merged.primaryKey?.name]).toEqual([
      "People",
      1,
      "users_pkey",
    ]);
  });

  it("are told by name where they disagree, all of it", () => {
    class Other extends resource({
      table: "users",
      attributes: { key: integerPrimaryKey(), email: text(), bossId: integer(), age: integer() },
      identities: { uniqueEmail: ["email", "age"] },
      checks: { adult: "age > 20" },
    }) {
      static readonly relationships = { boss: belongsTo(() => Other, { onDelete: "cascade" }) };
    }
    class More extends resource({
      table: "users",
      attributes: { key: integerPrimaryKey(), bossId: integer() },
    }) {
      static readonly relationships = { boss: belongsTo(() => Other) };
    }
    expect(problemsOf(Account, Other, More)).toEqual([
      `table.column.conflict: "Account" and "Other" share the table "users" and disagree on the column "email".`,
      `table.primary_key.conflict: "Account" and "Other" share the table "users" and disagree on the primary key.`,
      `table.index.conflict: "Account" and "Other" share the table "users" and disagree on the index "users_unique_email_index".`,
      `table.check.conflict: "Account" and "Other" share the table "users" and disagree on the check "users_adult_check".`,
      `table.foreign_key.conflict: "Other" and "More" share the table "users" and disagree on the foreign key "users_boss_id_fkey".`,
    ]);
  });

  it("are each described as they are alone", () => {
    expect(tableOf("users", Account)).toEqual(describeTable(Account.definition));
  });
});

describe("names that would be given twice", () => {
  it("are found within a schema and not across", () => {
    class First extends resource({ table: "a_b", attributes: { id, c: text().index() } }) {}
    class Second extends resource({ table: "a", attributes: { id, bC: text().index() } }) {}
    class Third extends resource({ schema: "other", table: "a", attributes: { id, bC: text().index() } }) {}
    class Fourth extends resource({ table: "a_pkey", attributes: { id } }) {}
    class Fifth extends resource({ table: "n", attributes: { id: integerPrimaryKey() } }) {}
    class Sixth extends resource({ table: "n_id_seq", attributes: { id } }) {}
    expect(problemsOf(First, Third)).toEqual([]);
    expect(problemsOf(First, Second, Fourth, Fifth, Sixth)).toEqual([
      `table.name.taken: "a_b_c_index" would be the name of an index of "a_b" and of an index of "a".`,
      `table.name.taken: "a_pkey" would be the name of the primary key of "a" and of the table "a_pkey".`,
      `table.name.taken: "n_id_seq" would be the name of what numbers the rows of "n" and of the table "n_id_seq".`,
    ]);
  });

  it("are found in one table, the check of an enum among them", () => {
    class Thing extends resource({
      table: "things",
      attributes: { id, state: enumeration("a"), ownerId: uuid() },
      checks: { state: "state <> 'b'" },
      foreignKeys: { owner: { attributes: ["ownerId"], references: { table: "things", columns: ["id"] } } },
    }) {
      static readonly relationships = { owner: belongsTo(() => Thing) };
    }
    expect(problemsOf(Thing)).toEqual([
      `table.name.repeated: Two constraints or indexes of the table "things" would be named "things_owner_id_fkey".`,
      `table.name.repeated: Two constraints or indexes of the table "things" would be named "things_state_check".`,
    ]);
  });
});

describe("resources of which no schema can be made", () => {
  it("are told of all together", () => {
    class Bad extends resource({
      table: "bad",
      attributes: { id, mood: enumeration("a").native("mood") },
      identities: { nothing: ["missing" as "id"] },
      statements: { touch: { up: "create", down: "" } },
    }) {}
    class Worse extends resource({
      table: "worse",
      attributes: { id, mood: enumeration("b").native("mood") },
    }) {}
    expect(problemsOf(Bad, Worse).map((problem) => problem.split(":")[0])).toEqual([
      "enum.values.conflict",
      "table.attribute.unknown",
      "statement.down.missing",
    ]);
  });

  it("are told of both ends of a relationship", () => {
    class Boss extends resource({ table: "bosses", attributes: { id } }) {}
    class Clerk extends resource({ table: "clerks", attributes: { id } }) {
      static readonly relationships = {
        boss: belongsTo(() => Boss, { destinationAttribute: "name" as "id" }),
        clerks: hasMany(() => Clerk, { destinationAttribute: "bossId" as "id" }),
      };
    }
    expect(problemsOf(Boss, Clerk)).toEqual([
      'table.attribute.unknown: The relationship "boss" of Clerk names "bossId", which Clerk does not declare.',
      'table.attribute.unknown: The relationship "boss" of Clerk names "name", which Boss does not declare.',
    ]);
  });
});
