import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "../../src/host/live-schema/read-schema.js";
import { applyOperations } from "../../src/migrations/apply.js";
import { compareSchemas } from "../../src/migrations/compare.js";
import { describeTable } from "../../src/migrations/describe.js";
import { diffSnapshots } from "../../src/migrations/diff.js";
import { renderMigration } from "../../src/migrations/render.js";
import { parseTable, serializeTable } from "../../src/migrations/serialize.js";
import { createRepo, domain, integer, resource } from "../../src/runtime/index.js";
import { databaseTimeout, openPostgres, type TestDatabase } from "../databases/engines.js";
import { renderTemplate } from "./render-template.js";
import { prepareMigration } from "./run-migration.js";
import { snapshotOf } from "./tables.js";

class Order extends resource({
  table: "orders",
  attributes: { tenantId: integer().primaryKey(), number: integer().primaryKey() },
}) {}

class Parcel extends resource({
  table: "parcels",
  attributes: { id: integer().primaryKey(), tenantId: integer().required(), orderNumber: integer() },
  foreignKeys: {
    order: {
      attributes: ["tenantId", "orderNumber"],
      references: { table: "orders", columns: ["tenant_id", "number"] },
      onDelete: { nilify: ["orderNumber"] },
    },
  },
}) {}

const orders = describeTable(Order.definition);
const parcels = describeTable(Parcel.definition);
const schema = snapshotOf(orders, parcels);

describe("a foreign key that makes some of its columns null", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openPostgres();
  }, databaseTimeout);
  afterAll(() => database.close());

  it("is declared by attributes, which need not all be optional", () => {
    expect(() =>
      createRepo(database.knex, { domains: [domain("Shop", { resources: [Order, Parcel] })] }),
    ).not.toThrow();
    expect(parcels.foreignKeys).toMatchObject([
      { columns: ["tenant_id", "order_number"], onDelete: "set null", setNull: ["order_number"] },
    ]);
  });

  it("says no more than others where it names all of its attributes", () => {
    class Note extends resource({
      table: "notes",
      attributes: { id: integer().primaryKey(), authorId: integer() },
      foreignKeys: {
        author: {
          attributes: ["authorId"],
          references: { table: "authors", columns: ["id"] },
          onDelete: { nilify: ["authorId"] },
        },
      },
    }) {}
    const [foreignKey] = describeTable(Note.definition).foreignKeys;
    expect(foreignKey?.onDelete).toBe("set null");
    expect(foreignKey).not.toHaveProperty("setNull");
  });

  it("is made by a migration, does so, and reads back the same", async () => {
    const { knex } = database;
    const migration = await prepareMigration(database, diffSnapshots(new Map(), schema));
    await migration.up();
    await knex("orders").insert({ tenant_id: 1, number: 2 });
    await knex("parcels").insert({ id: 3, tenant_id: 1, order_number: 2 });
    await knex("orders").delete();
    expect(await knex("parcels").select("tenant_id", "order_number")).toEqual([
      { tenant_id: 1, order_number: null },
    ]);
    const all = (await readSchema(knex)).snapshot;
    const found = new Map([...all].filter(([key]) => schema.has(key)));
    expect(found.get("parcels")?.foreignKeys).toEqual(parcels.foreignKeys);
    expect(compareSchemas(schema, found, "postgres")).toEqual([]);
    const whole = snapshotOf(orders, {
      ...parcels,
      foreignKeys: parcels.foreignKeys.map(({ setNull: _, ...foreignKey }) => foreignKey),
    });
    expect(compareSchemas(whole, found, "postgres")).toHaveLength(1);
    expect(diffSnapshots(whole, schema).map(({ kind }) => kind)).toEqual(["dropForeignKey", "addForeignKey"]);
    await migration.down();
  });

  it("is kept in the snapshot", () => {
    const stored = parseTable(serializeTable(parcels), "parcels.json");
    expect(stored.foreignKeys).toEqual(parcels.foreignKeys);
  });

  it("follows the new name of a column", () => {
    const rename = { kind: "renameColumn", table: "parcels", from: "order_number", to: "place" } as const;
    const renamed = applyOperations(schema, [rename]).get("parcels");
    expect(renamed?.foreignKeys[0]?.setNull).toEqual(["place"]);
  });

  it("is refused for SQLite, when the migration is written", () => {
    const operations = diffSnapshots(new Map(), schema);
    const request = { operations, before: new Map(), renderTemplate } as const;
    expect(() => renderMigration({ ...request, database: "sqlite" })).toThrow(
      `SQLite has no way to make only "order_number" null, as the foreign key "parcels_tenant_id_order_number_fkey" of "parcels" asks.`,
    );
  });
});
