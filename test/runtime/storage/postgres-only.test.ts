import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRepo, type Repo } from "../../../src/runtime/index.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { Billing, createBilling, Invoice } from "./warehouse.js";

describe.each(["pglite", "postgres"] as const)("schemas and types of the database's own, on %s", (kind) => {
  let database: TestDatabase;
  let repo: Repo;

  beforeAll(async () => {
    database = await openDatabase(kind);
    for (const statement of createBilling.split(";\n")) {
      if (statement.trim() !== "") await database.knex.raw(statement);
    }
    repo = createRepo(database.knex, { domains: [Billing] });
  }, databaseTimeout);

  afterAll(() => database.close());

  const moment = new Date("2026-07-01T12:34:56.789Z");

  it("hold what records hold", async () => {
    const first = await repo.create(Invoice, {
      mail: "a@b",
      copies: ["c d", "e"],
      mood: "good",
      paidAt: moment,
    });
    expect(first).toMatchObject({
      number: 1n,
      copies: ["c d", "e"],
      mood: "good",
      moods: null,
      paidAt: moment,
    });
    const read = await repo.get(Invoice, { mail: "a@b" });
    expect(read).toEqual(first);
    const changed = await repo.update(Invoice, first, { moods: ["bad", "good"], code: "abcd" });
    expect(changed).toMatchObject({ moods: ["bad", "good"], code: "abcd" });
  });

  it("take lists of values, and rows of them", async () => {
    const inputs = [
      { mail: "m1", mood: "bad", moods: ["bad"], copies: ["x"], paidAt: moment },
      { mail: "m2", mood: null, moods: null, copies: [], paidAt: null },
    ] as const;
    await repo.createMany(Invoice, inputs as never);
    const found = await repo
      .query(Invoice)
      .filter({ mail: { in: ["m1", "m2"] }, mood: { in: ["bad"] }, code: { isNull: true } })
      .filter({ moods: { contains: "bad" } })
      .read();
    expect(found.map(({ mail, paidAt }) => [mail, paidAt])).toEqual([["m1", moment]]);
  });

  it("are not cut by a cast", async () => {
    await repo.create(Invoice, { mail: "short", code: "abcd" });
    expect(
      await repo
        .query(Invoice)
        .filter({ code: { in: ["abcdefgh", "none"] } })
        .count(),
    ).toBe(0);
    await expect(repo.create(Invoice, { mail: "long", code: "abcdefgh" })).rejects.toMatchObject({
      code: "attribute.too_long",
    });
  });

  it("resume a page by a moment without a zone", async () => {
    const query = repo
      .query(Invoice)
      .filter({ paidAt: { isNull: false } })
      .sort("paidAt", "number");
    const page = await query.page({ size: 1 });
    const next = await query.page({ size: 1, after: page.endCursor as string });
    expect(next.records.map(({ number }) => number)).not.toEqual(page.records.map(({ number }) => number));
    expect(next.records).toHaveLength(1);
  });

  it("load, update and remove across the schema's own rows", async () => {
    const parent = await repo.create(Invoice, { mail: "parent" });
    const child = await repo.create(Invoice, { mail: "child", parentNumber: parent.number });
    const loaded = await repo
      .query(Invoice)
      .filter({ parent: { mail: "parent" } })
      .load("parent")
      .readOne();
    expect([loaded?.mail, loaded?.parent?.mail]).toEqual(["child", "parent"]);
    await expect(repo.destroy(Invoice, parent)).rejects.toMatchObject({ code: "reference.held" });
    await repo.destroy(Invoice, child);
    await repo.destroy(Invoice, parent);
    await expect(repo.upsert(Invoice, { mail: "up" }, { identity: "uniqueMail" })).resolves.toMatchObject({
      mail: "up",
    });
    await expect(repo.upsert(Invoice, { mail: "up" }, { identity: "uniqueMail" })).resolves.toMatchObject({
      mail: "up",
    });
  });
});
