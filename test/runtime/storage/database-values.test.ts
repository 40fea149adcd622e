import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Repo } from "../../../src/runtime/index.js";
import { InvalidError } from "../../../src/runtime/index.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { Article, openWarehouse, Shelf } from "./warehouse.js";

describe.each(databaseKinds)("what the database makes or names, on %s", (kind) => {
  let database: TestDatabase;
  let repo: Repo;

  beforeAll(async () => {
    database = await openDatabase(kind);
    repo = await openWarehouse(database);
  }, databaseTimeout);

  afterAll(() => database.close());

  async function issuesOf(work: Promise<unknown>) {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof InvalidError)) throw error ?? new Error("Nothing was thrown.");
    return error.issues.map(({ code, path }) => [code, ...path]);
  }

  it("comes back with the record, and again where what it is made of changes", async () => {
    const article = await repo.create(Article, { slug: "lamp", price: 5 });
    expect(article).toMatchObject({ amount: 2, total: 10, half: 2, state: "open" });
    expect(await repo.update(Article, article, { price: 6, state: "sold" })).toMatchObject({
      total: 12,
      half: 3,
      state: "sold",
    });
    expect(
      await repo
        .query(Article)
        .filter({ state: { in: ["sold"] } })
        .count(),
    ).toBe(1);
    expect(
      await repo
        .query(Article)
        .filter({ state: { like: "so%" } })
        .count(),
    ).toBe(1);
  });

  it("comes back of many that are written at once", async () => {
    const inputs = [1, 2, 3].map((price) => ({ slug: `many-${price}`, price, amount: price }));
    const { outcomes } = await repo.createMany(Article, inputs);
    const totals = outcomes.map((outcome) => ("record" in outcome ? outcome.record.total : undefined));
    expect(totals).toEqual([1, 4, 9]);
  });

  it("is not taken from anybody", async () => {
    await expect(repo.create(Article, { slug: "x", price: 1, total: 3 } as never)).rejects.toThrow(/total/);
    const changeset = repo
      .changeset(Article)
      .forCreate({ slug: "x", price: 1 })
      .change({ total: 3 } as never);
    expect(await issuesOf(changeset.create())).toEqual([["attribute.generated", "total"]]);
  });

  it("finds the row to upsert among those that the identity is about", async () => {
    const gone = await repo.create(Article, { slug: "chair", price: 1, deleted: 1 });
    const first = await repo.upsert(Article, { slug: "chair", price: 2 }, { identity: "liveSlug" });
    const second = await repo.upsert(Article, { slug: "chair", price: 3 }, { identity: "liveSlug" });
    expect([first.id === gone.id, second.id === first.id, second.price]).toEqual([false, true, 3]);
    const { outcomes } = await repo.createMany(
      Article,
      [
        { slug: "chair", price: 4 },
        { slug: "table", price: 4 },
      ],
      { onDuplicate: { identity: "liveSlug", fields: ["price"] } },
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["updated", "created"]);
  });

  it("tells which attributes a constraint of a given name is about", async () => {
    const shelf = await repo.create(Shelf, {});
    await repo.create(Article, { slug: "bed", price: 7, shelfId: shelf.id });
    expect(await issuesOf(repo.create(Article, { slug: "bed", price: 8 }))).toEqual([
      ["attribute.taken", "slug"],
    ]);
    expect(await issuesOf(repo.create(Article, { slug: "cot", price: 7, shelfId: shelf.id }))).toEqual([
      ["attribute.taken", "shelfId"],
      ["attribute.taken", "total"],
    ]);
    expect(await issuesOf(repo.create(Article, { slug: "y", price: 1, shelfId: randomUUID() }))).toEqual([
      ["reference.missing", "shelfId"],
    ]);
    expect(await issuesOf(repo.create(Article, { slug: "y", price: 1000 }))).toEqual([["check.failed"]]);
    expect(await issuesOf(repo.create(Article, { slug: "y", price: -1 }))).toEqual([["check.failed"]]);
  });
});
