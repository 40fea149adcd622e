import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LiveSchema } from "../../../src/host/live-schema/live-schema.js";
import { readSchema } from "../../../src/host/live-schema/read-schema.js";
import type { ColumnSnapshot, TableSnapshot } from "../../../src/migrations/snapshot.js";
import { databaseTimeout, type TestDatabase } from "../../databases/engines.js";
import { openAwkwardDatabase } from "./awkward-database.js";

let database: TestDatabase;
let schema: LiveSchema;

async function open(kind: "postgres" | "sqlite"): Promise<void> {
  database = await openAwkwardDatabase(kind);
  schema = await readSchema(database.knex);
}

function table(key: string): TableSnapshot {
  const found = schema.snapshot.get(key);
  if (found === undefined) throw new Error(`There is no table ${key}.`);
  return found;
}

function column(key: string, name: string): Omit<ColumnSnapshot, "name"> | undefined {
  const { name: _, ...rest } = table(key).columns.find((each) => each.name === name) ?? { name };
  return rest as Omit<ColumnSnapshot, "name">;
}

function index(key: string, name: string) {
  return table(key).indexes.find((each) => each.name === name);
}

const optional = { nullable: true };
const required = { nullable: false };

describe("a schema that ashlar did not make, read from PostgreSQL", () => {
  beforeAll(() => open("postgres"), databaseTimeout);
  afterAll(() => database.close());

  it.each<[string, string, Omit<ColumnSnapshot, "name">]>([
    ["users", "id", { ...required, type: { kind: "integer" }, default: { kind: "increment" } }],
    ["users", "email", { ...required, type: { kind: "text", databaseType: "email_address" } }],
    ["users", "nickname", { ...optional, type: { kind: "text", databaseType: "character varying" } }],
    [
      "users",
      "status",
      {
        ...required,
        type: { kind: "enum", values: ["active", "on hold", "it's over"] },
        default: { kind: "value", value: "active" },
      },
    ],
    ["users", "rating", { ...optional, type: { kind: "float", databaseType: "real" } }],
    [
      "users",
      "preferences",
      { ...required, type: { kind: "json" }, default: { kind: "value", value: { theme: "dark" } } },
    ],
    ["users", "legacy", { ...optional, type: { kind: "json", databaseType: "json" } }],
    ["users", "created_at", { ...required, type: { kind: "datetime" }, default: { kind: "now" } }],
    [
      "users",
      "updated_at",
      {
        ...optional,
        type: { kind: "datetime", databaseType: "timestamp without time zone" },
        default: { kind: "now" },
      },
    ],
    [
      "order",
      "state",
      {
        ...required,
        type: { kind: "enum", values: ["draft", "it's paid", "shipped", "Größe?"], native: "order_state" },
        default: { kind: "value", value: "draft" },
      },
    ],
    [
      "order",
      "placed_at",
      {
        ...optional,
        type: { kind: "datetime", databaseType: "timestamp(3) with time zone" },
        default: { kind: "sql", sql: "now() + '1 day'::interval" },
      },
    ],
    [
      "order",
      "tax",
      {
        ...optional,
        type: { kind: "decimal", precision: 10, scale: 2 },
        generatedAs: "round((total * 0.19), 2)",
      },
    ],
    [
      "order_line_notes",
      "id",
      { ...required, type: { kind: "bigint" }, default: { kind: "identity", always: true } },
    ],
    [
      "products",
      "id",
      { ...required, type: { kind: "integer" }, default: { kind: "identity", always: false } },
    ],
    [
      "products",
      "tags",
      {
        ...optional,
        type: { kind: "array", of: { kind: "text" } },
        default: { kind: "value", value: ["new", 'a "b", c'] },
      },
    ],
    [
      "products",
      "grid",
      { ...optional, type: { kind: "array", of: { kind: "array", of: { kind: "integer" } } } },
    ],
    [
      "stock",
      "warehouse",
      { ...required, type: { kind: "string", length: 3, databaseType: "character(3)" } },
    ],
    [
      "tickets",
      "number",
      {
        ...required,
        type: { kind: "bigint" },
        default: { kind: "sql", sql: "nextval('ticket_numbers'::regclass)" },
      },
    ],
    ["receipts", "note", { ...optional, type: { kind: "text", databaseType: 'text collate "C"' } }],
    [
      "Weird Table",
      "dot.ted",
      { ...optional, type: { kind: "string", length: 20, databaseType: '"Odd Domain"' } },
    ],
    [
      "billing.invoices",
      "currency",
      {
        ...required,
        type: { kind: "enum", values: ["EUR", "USD"], native: "billing.currency" },
        default: { kind: "value", value: "EUR" },
      },
    ],
  ])("has of %s.%s what PostgreSQL says", (key, name, expected) => {
    expect(column(key, name)).toEqual(expected);
  });

  it.each([
    ["users", { name: "users_lower_email", columns: [{ sql: "lower((email)::text)" }], unique: true }],
    [
      "users",
      {
        name: "users_recent",
        columns: [{ sql: "created_at desc nulls last" }, "id"],
        unique: false,
        where: "(NOT is_admin) AND (status = 'active'::text)",
      },
    ],
    ["order", { name: "order_select_idx", columns: ["select"], unique: false, method: "hash" }],
    [
      "order",
      { name: "order_state_covering", columns: ["state"], unique: false, include: ["total", "placed_at"] },
    ],
    [
      "products",
      {
        name: "products_supplier",
        columns: ["supplier_code", "region"],
        unique: true,
        nullsNotDistinct: true,
        constraint: true,
      },
    ],
    [
      "products",
      {
        name: "products_title_like",
        columns: [{ sql: "title text_pattern_ops" }, { sql: 'region collate "C" desc' }],
        unique: false,
      },
    ],
  ])("has the indexes of %s whole", (key, expected) => {
    expect(index(key, expected.name)).toEqual(expected);
  });

  it("has foreign keys of every sort", () => {
    expect(table("order_line_notes").foreignKeys).toEqual([
      {
        name: "note_line",
        columns: ["order_id", "line_no"],
        references: { table: "order_lines", columns: ["order_id", "line_no"] },
        onDelete: "cascade",
        deferrable: "initially deferred",
      },
    ]);
    expect(table("stock").foreignKeys).toEqual([
      {
        name: "stock_sku_fkey",
        columns: ["sku"],
        references: { table: "products", columns: ["sku"] },
        onDelete: "no action",
        onUpdate: "cascade",
      },
    ]);
    expect(table("tickets").foreignKeys[0]?.references.table).toBe("billing.invoices");
  });

  it("has checks, comments, and no primary key where there is none", () => {
    expect(table("friendships").checks).toEqual([{ name: "friendships_check", sql: "user_id <> friend_id" }]);
    expect(table("users").comment).toBe(`People who may sign in; "quoted", it's fine?`);
    expect(table("audit_log").primaryKey).toBeUndefined();
  });

  it("leaves out the tables of Knex, and counts the rest", () => {
    expect(schema.snapshot.has("knex_migrations")).toBe(false);
    expect(schema.snapshot.size).toBe(29);
  });

  it("tells what cannot be managed, and why", () => {
    expect(schema.unmanaged.map(({ key, kind }) => `${key}: ${kind}`).sort()).toEqual([
      "active_users: view",
      "dogs: inheriting table",
      "events: partitioned table",
      "events_2025: partition",
      "events_2026: partition",
      "product_counts: materialized view",
    ]);
    expect(schema.parts.map(({ table: key, kind, name }) => `${key}: ${kind} ${name}`)).toEqual([
      "users: trigger users_touch",
      "bookings: exclusion constraint bookings_during_excl",
      "event_comments: foreign key event_comments_event_fkey",
      "secrets: rule keep_secrets",
      "secrets: row security secrets",
    ]);
    expect(schema.notices).toEqual([
      '"secrets_body_check" of "secrets" is not validated: rows from before it may break it.',
    ]);
  });

  it("reads one schema alone where that is asked", async () => {
    const { snapshot } = await readSchema(database.knex, { schemas: ["billing"] });
    expect([...snapshot.keys()]).toEqual(["billing.invoices", "billing.users"]);
  });
});

describe("a schema that ashlar did not make, read from SQLite", () => {
  beforeAll(() => open("sqlite"), databaseTimeout);
  afterAll(() => database.close());

  it.each<[string, string, Omit<ColumnSnapshot, "name">]>([
    ["users", "id", { ...required, type: { kind: "integer" }, default: { kind: "increment" } }],
    [
      "users",
      "nickname",
      { ...optional, type: { kind: "string", length: 40, databaseType: "nvarchar(40)" } },
    ],
    [
      "users",
      "status",
      {
        ...required,
        type: { kind: "enum", values: ["active", "on hold", "it's over"] },
        default: { kind: "value", value: "active" },
      },
    ],
    [
      "users",
      "balance",
      {
        ...optional,
        type: { kind: "decimal", databaseType: "numeric(12, 2)" },
        default: { kind: "value", value: "0.00" },
      },
    ],
    ["users", "created_at", { ...required, type: { kind: "datetime" }, default: { kind: "now" } }],
    [
      "users",
      "updated_at",
      {
        ...optional,
        type: { kind: "datetime", databaseType: "timestamp" },
        default: { kind: "sql", sql: "datetime('now', '+1 day')" },
      },
    ],
    ["users", "anything", { ...optional, type: { kind: "text", databaseType: "blob" } }],
    ["order", "id", { ...required, type: { kind: "uuid" }, default: { kind: "uuid" } }],
    [
      "order",
      "tax",
      {
        ...optional,
        type: { kind: "decimal", databaseType: "decimal(10, 2)" },
        generatedAs: "round(total * 0.19, 2)",
      },
    ],
    ["products", "title", { ...required, type: { kind: "text", databaseType: "text collate nocase" } }],
    [
      "products",
      "slug",
      {
        ...{ ...optional, type: { kind: "text" }, virtual: true },
        generatedAs: "lower(replace(title, ' ', '-'))",
      },
    ],
    ["user_profiles", "user_id", { ...required, type: { kind: "integer" } }],
    [
      "reports",
      "state",
      {
        ...required,
        type: { kind: "enum", values: ["new", "done"] },
        default: { kind: "value", value: "new" },
      },
    ],
  ])("has of %s.%s what the statement that made it says", (key, name, expected) => {
    expect(column(key, name)).toEqual(expected);
  });

  it.each([
    [
      "users",
      {
        name: "users_recent",
        columns: [{ sql: "created_at desc" }, "id"],
        unique: false,
        where: "not is_admin and status = 'active'",
      },
    ],
    ["order", { name: "order_select", columns: [{ sql: "[select] collate nocase" }], unique: false }],
    ["products", { name: "products_sku_key", columns: ["sku"], unique: true, constraint: true }],
    [
      "user_products",
      {
        name: "user_products_user_id_product_id_index",
        columns: ["user_id", "product_id"],
        unique: true,
        constraint: true,
      },
    ],
  ])("has the indexes of %s whole", (key, expected) => {
    expect(index(key, expected.name)).toEqual(expected);
  });

  it("finds names of constraints, and gives those that have none", () => {
    expect(table("stock").primaryKey).toEqual({ name: "stock_key", columns: ["warehouse", "sku"] });
    expect(table("limits").checks).toEqual([
      { name: "high_above_low", sql: "high > low" },
      { name: "limits_low_check", sql: "low > 0" },
      { name: "limits_low_check1", sql: "low < 100" },
    ]);
    expect(table("order").checks?.[0]).toEqual({
      name: "order total below limit",
      sql: "total < 1000000 and (`select` <> 'a, (b' or total > 0)",
    });
  });

  it("has foreign keys of every sort, by the names of what they refer to", () => {
    expect(table("order_line_notes").foreignKeys).toEqual([
      {
        name: "note_line",
        columns: ["order_id", "line_no"],
        references: { table: "order_lines", columns: ["order_id", "line_no"] },
        onDelete: "cascade",
        deferrable: "initially deferred",
      },
    ]);
    expect(table("Notes").foreignKeys[0]?.references).toEqual({ table: "users", columns: ["id"] });
  });

  it("tells what cannot be managed, and why", () => {
    expect(schema.snapshot.size).toBe(24);
    expect(schema.unmanaged.map(({ key, kind }) => `${key}: ${kind}`)).toEqual([
      "active_users: view",
      "documents: virtual table",
    ]);
    expect(schema.parts.map(({ table: key, kind, name }) => `${key}: ${kind} ${name}`)).toEqual([
      "users: trigger users_touch",
      "users: view active_users",
    ]);
    expect(schema.notices).toEqual([
      '"measurements" is strict about types, which is not kept.',
      '"order_lines" has no row id, which is not kept.',
    ]);
  });
});
