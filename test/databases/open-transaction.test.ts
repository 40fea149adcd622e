import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseTimeout, openDatabase, type TestDatabase } from "./engines.js";

const bypassed = expect.objectContaining({ code: "transaction.bypassed" }) as Error;

describe.each(["pglite", "sqlite"] as const)("a client of one connection, on %s", (kind) => {
  let database: TestDatabase;
  let knex: TestDatabase["knex"];
  beforeAll(async () => {
    database = await openDatabase(kind);
    knex = database.knex;
    await knex.schema.createTable("entries", (table) => table.text("name"));
  }, databaseTimeout);
  afterAll(() => database.close());

  it("refuses a query past the transaction that is open, at once, and rolls back", async () => {
    const outcome = knex.transaction(async (trx) => {
      await trx("entries").insert({ name: "lost" });
      await knex("entries").insert({ name: "past" });
    });
    await expect(outcome).rejects.toEqual(bypassed);
    expect(await knex("entries").pluck("name")).toEqual([]);
  });

  it("refuses it from any depth, from a second transaction, and as a stream", async () => {
    await knex.transaction(async (trx) => {
      const deep = async () => {
        await trx("entries").select();
        await new Promise((resolve) => setImmediate(resolve));
        return knex("entries").select();
      };
      await expect(deep()).rejects.toEqual(bypassed);
      await expect(knex.transaction(async () => {})).rejects.toEqual(bypassed);
      await expect(knex("entries").stream().toArray()).rejects.toEqual(bypassed);
      await trx.transaction(async (inner) => {
        await expect(knex("entries").select()).rejects.toEqual(bypassed);
        await expect(trx("entries").select()).resolves.toEqual([]);
        await expect(inner("entries").select()).resolves.toEqual([]);
        await expect(knex("entries").select().transacting(inner)).resolves.toEqual([]);
      });
    });
  });

  it("refuses it where the transaction is of a copy of the Knex that sends it, or the other way round", async () => {
    const copy = knex.withUserParams({ tenant: 1 });
    await copy.transaction(() => expect(knex("entries").select()).rejects.toEqual(bypassed));
    await knex.transaction(() => expect(copy("entries").select()).rejects.toEqual(bypassed));
  });

  it("lets unrelated work wait for its turn", async () => {
    const order: string[] = [];
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const inside = knex.transaction(async (trx) => {
      begin();
      await new Promise((resolve) => setTimeout(resolve, 20));
      await trx("entries").insert({ name: "inside" });
      order.push("transaction");
    });
    await begun;
    await knex("entries").count();
    order.push("query");
    await inside;
    expect(order).toEqual(["transaction", "query"]);
  });

  it("takes queries again after the transaction, also from code that it started", async () => {
    let after: Promise<unknown[]> | undefined;
    await knex.transaction(async (trx) => {
      await trx("entries").select();
      after = new Promise((resolve) => setTimeout(resolve, 20)).then(() => knex("entries").select());
    });
    await expect(after).resolves.toBeInstanceOf(Array);
  });

  it("minds its own transactions only, also where they are within those of another database", async () => {
    const other = await openDatabase("sqlite");
    await knex.transaction(async (trx) => {
      expect(await other.knex.raw("select 1 as one")).toEqual([{ one: 1 }]);
      await other.knex.transaction(async () => {
        await expect(knex("entries").select()).rejects.toEqual(bypassed);
        await expect(trx("entries").select()).resolves.toBeInstanceOf(Array);
      });
    });
    await other.close();
  });
});
