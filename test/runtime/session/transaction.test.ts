import { describe, expect, it } from "vitest";
import { createRepo, type Repo } from "../../../src/runtime/index.js";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { insertRows, shopDomains, Task, uuidOf } from "../shop.js";

class Undo extends Error {}

describe.each(databaseKinds)("transactions on %s", (kind) => {
  const shop = useShop(kind, { seed: async () => {} });
  let number = 0;

  /** Writes past the runtime, through what a repo sends by. */
  async function add({ knex }: Repo): Promise<string> {
    const id = uuidOf((number += 1));
    await insertRows(knex, Task, [{ id, title: `Task ${String(number)}` }]);
    return id;
  }

  const isThere = (id: string): Promise<boolean> => shop().repo.query(Task).filter({ id }).exists();

  it("keeps what was done and gives what the function gives", async () => {
    const id = await shop().repo.transaction((repo) => add(repo));
    expect(await isThere(id)).toBe(true);
  });

  it("undoes all when the function throws, and throws what it threw", async () => {
    let id = "";
    const undo = new Undo("undo");
    const work = shop().repo.transaction(async (repo) => {
      id = await add(repo);
      throw undo;
    });
    await expect(work).rejects.toBe(undo);
    expect(await isThere(id)).toBe(false);
  });

  it("undoes an inner one alone", async () => {
    const { repo } = shop();
    const ids = await repo.transaction(async (outer) => {
      const kept = await add(outer);
      let lost = "";
      const inner = outer.transaction(async (nested) => {
        lost = await add(nested);
        const innermost = await nested.transaction((each) => add(each));
        expect(
          await nested
            .query(Task)
            .filter({ id: { in: [kept, lost, innermost] } })
            .count(),
        ).toBe(3);
        throw new Undo("undo");
      });
      await expect(inner).rejects.toBeInstanceOf(Undo);
      return [kept, lost, await outer.transaction((nested) => add(nested))];
    });
    expect(await Promise.all(ids.map(isThere))).toEqual([true, false, true]);
  });

  it("sends through it what another repo of the same pool sends inside", async () => {
    const { repo, database } = shop();
    const other = createRepo(database.knex, { domains: shopDomains });
    await expect(
      repo.transaction(async (inner) => {
        const id = await add(inner);
        expect([
          await repo.query(Task).filter({ id }).count(),
          await other.query(Task).filter({ id }).count(),
        ]).toEqual([1, 1]);
        await repo.transaction(async (nested) => {
          const second = await add(nested);
          for (const each of [repo, inner, nested, other]) {
            expect(
              await each
                .query(Task)
                .filter({ id: { in: [id, second] } })
                .count(),
            ).toBe(2);
          }
        });
        throw new Undo("undo");
      }),
    ).rejects.toBeInstanceOf(Undo);
  });

  it("takes a transaction that Knex began, and nests in it", async () => {
    const { database } = shop();
    let ids: string[] = [];
    const work = database.knex.transaction(async (transaction) => {
      const repo = createRepo(transaction, { domains: shopDomains });
      const id = await add(repo);
      expect(await repo.query(Task).filter({ id }).lock("forUpdate").count()).toBe(1);
      expect(await repo.query(Task).filter({ id }).lock("forUpdate").read()).toHaveLength(1);
      const lost = repo.transaction(async (nested) => {
        ids.push(await add(nested));
        expect(
          await repo
            .query(Task)
            .filter({ id: ids[0] ?? "" })
            .count(),
        ).toBe(1);
        throw new Undo("undo");
      });
      await expect(lost).rejects.toBeInstanceOf(Undo);
      ids = [id, ...ids, await repo.transaction((nested) => add(nested))];
      expect(
        await findRefusals(() => repo.transaction(async () => {}, { isolation: "serializable" })),
      ).toEqual(["transaction.isolation.nested"]);
    });
    await work;
    expect(await Promise.all(ids.map(isThere))).toEqual([true, false, true]);
  });

  it("refuses a repo of a transaction that is over, inside another too", async () => {
    const { repo } = shop();
    let leaked: Repo | undefined;
    await repo.transaction(async (inner) => {
      leaked = inner;
    });
    const use = (): Promise<unknown> =>
      leaked?.query(Task).count() ?? Promise.reject(new Error("Nothing leaked."));
    expect(await findRefusals(use)).toEqual(["transaction.completed"]);
    expect(await repo.transaction(() => findRefusals(use))).toEqual(["transaction.completed"]);
  });

  it("keeps the savepoints of one transaction apart that run side by side", async () => {
    const { repo } = shop();
    const outcomes = await repo.transaction((outer) =>
      Promise.allSettled(
        Array.from({ length: 6 }, (_, index) =>
          outer.transaction(async (nested) => {
            const id = await add(nested);
            if (index % 2 === 0) throw new Undo(id);
            return id;
          }),
        ),
      ),
    );
    for (const outcome of outcomes) {
      const id = outcome.status === "fulfilled" ? outcome.value : (outcome.reason as Undo).message;
      expect(await isThere(id)).toBe(outcome.status === "fulfilled");
    }
    expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  it("keeps transactions apart that run at the same time", async () => {
    const { repo } = shop();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        repo
          .transaction(async () => {
            const before = await repo.query(Task).count();
            const id = await repo.transaction((nested) => add(nested));
            expect(await repo.query(Task).filter({ id }).count()).toBe(1);
            expect(await repo.query(Task).count()).toBeGreaterThan(before);
            if (index % 2 === 0) throw new Undo(id);
            return id;
          })
          .catch((error: unknown) => `-${(error as Error).message}`),
      ),
    );
    for (const id of ids)
      expect(await isThere(id.slice(id.startsWith("-") ? 1 : 0))).toBe(!id.startsWith("-"));
  });

  it("isolates as it is told", async () => {
    const { repo, database } = shop();
    if (kind === "sqlite") {
      await repo.transaction((inner) => add(inner), { isolation: "serializable" });
      return;
    }
    for (const isolation of ["read committed", "repeatable read", "serializable"] as const) {
      const [row] = await repo.transaction(
        async ({ knex }) =>
          (await knex.raw<{ rows: { transaction_isolation: string }[] }>("show transaction_isolation")).rows,
        { isolation },
      );
      expect(row?.transaction_isolation).toBe(isolation);
    }
    expect(
      await findRefusals(() =>
        repo.transaction((inner) => inner.transaction(async () => {}, { isolation: "serializable" })),
      ),
    ).toEqual(["transaction.isolation.nested"]);
    expect(database.kind).toBe(kind);
  });
});

describe("transactions that hinder each other on postgres", () => {
  const shop = useShop("postgres", {
    seed: ({ knex }) => insertRows(knex, Task, [{ id: uuidOf(1), title: "Count", points: 0 }]),
  });

  async function countUp(repo: Repo): Promise<void> {
    const task = await repo.get(Task, uuidOf(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await repo.update(Task, task, { points: (task.points ?? 0) + 1 });
  }

  it("begin again after a serialization failure as often as they are told", async () => {
    const { repo } = shop();
    let attempts = 0;
    const work = (): Promise<void> =>
      repo.transaction(
        async (inner) => {
          attempts += 1;
          await countUp(inner);
        },
        { isolation: "serializable", retries: 20 },
      );
    await Promise.all([work(), work(), work(), work()]);
    expect((await repo.get(Task, uuidOf(1))).points).toBe(4);
    expect(attempts).toBeGreaterThan(4);
  });

  it("say so where no try is left", async () => {
    const { repo } = shop();
    const work = (): Promise<void> =>
      repo.transaction((inner) => countUp(inner), { isolation: "serializable" });
    const outcomes = await Promise.all([1, 2, 3].map(() => findRefusals(work)));
    expect(outcomes.filter((codes) => codes.length === 0).length).toBeGreaterThan(0);
    const failed = outcomes.filter((codes) => codes.length > 0);
    expect(new Set(failed.flat())).toEqual(new Set(["transaction.serialization"]));
  });

  it("stay apart where one is begun by hand beside another", async () => {
    const { repo, database } = shop();
    const other = await database.knex.transaction();
    await expect(
      repo.transaction(async () => {
        const beside = createRepo(other, { domains: shopDomains });
        await insertRows(beside.knex, Task, [{ id: uuidOf(2), title: "Beside" }]);
        expect(
          await beside
            .query(Task)
            .filter({ id: uuidOf(2) })
            .exists(),
        ).toBe(true);
        expect(
          await repo
            .query(Task)
            .filter({ id: uuidOf(2) })
            .exists(),
        ).toBe(false);
        throw new Undo("undo");
      }),
    ).rejects.toBeInstanceOf(Undo);
    await other.commit();
    expect(
      await repo
        .query(Task)
        .filter({ id: uuidOf(2) })
        .exists(),
    ).toBe(true);
  });
});
