import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRepo } from "../../src/runtime/index.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { createShopTables, rest, seedShop, shopDomains, Task, write } from "./shop.js";

describe.each(databaseKinds)("the shop on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await createShopTables(database.knex);
    await seedShop(database.knex);
  }, databaseTimeout);
  afterAll(() => database.close());

  it("gives every value back as it was put in, and the defaults of the database", async () => {
    const repo = createRepo(database.knex, { domains: shopDomains });
    expect(await repo.get(Task, write)).toEqual(
      new Task({
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
      }),
    );
    const { done, state, meta, labels } = await repo.get(Task, rest);
    expect({ done, state, meta, labels }).toEqual({ done: false, state: "open", meta: {}, labels: null });
  });
});
