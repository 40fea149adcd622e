import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, listStatements, useShop } from "../open-shop.js";
import { insertRows, Task, User, UserTask, uuidOf } from "../shop.js";

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const list: Row[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

describe.each(databaseKinds)("stream on %s", (kind) => {
  const shop = useShop(kind, {
    seed: async ({ knex }) => {
      const ids = Array.from({ length: 50 }, (_, index) => index);
      await insertRows(
        knex,
        User,
        ids.map((id) => ({
          id: uuidOf(id),
          email: `${String(id)}@example.org`,
          name: id % 3 === 0 ? null : `N${String(id % 3)}`,
        })),
      );
      await insertRows(
        knex,
        Task,
        ids.map((id) => ({ id: uuidOf(100 + id), title: `T${String(id)}` })),
      );
      await insertRows(
        knex,
        UserTask,
        ids.map((id) => ({ userId: uuidOf(id), taskId: uuidOf(100 + (id % 7)) })),
      );
    },
  });

  it.each([1, 7, 10, 49, 50, 51, 1000])("gives what read gives, in batches of %i", async (batchSize) => {
    const { repo } = shop();
    const query = repo
      .query(User)
      .sort({ name: "desc" }, "email")
      .load("tasks", (tasks) => tasks.load("users", (users) => users.limit(2)));
    const all = await query.read();
    expect(await collect(query.stream({ batchSize }))).toEqual(all);
    expect(await collect(query.limit(20).stream({ batchSize }))).toEqual(all.slice(0, 20));
    expect(await collect(query.offset(13).stream({ batchSize }))).toEqual(all.slice(13));
    expect(await collect(query.limit(15).offset(40).stream({ batchSize }))).toEqual(all.slice(40, 55));
    expect(await collect(query.limit(0).stream({ batchSize }))).toEqual([]);
    const filtered = query.filter({ name: { isNull: false } });
    expect(await collect(filtered.stream({ batchSize }))).toEqual(await filtered.read());
  });

  it("fetches a batch at a time, and no more once it is left", async () => {
    const { repo } = shop();
    const counts: unknown[] = [];
    const end = repo.onQuery(({ rows }) => counts.push(rows));
    for await (const user of repo.query(User).sort("email").stream({ batchSize: 8 })) {
      if (user.email.startsWith("2")) break;
    }
    end();
    expect(counts.every((count) => count === 8)).toBe(true);
    expect(counts.length).toBeLessThan(4);
    const statements = await listStatements(repo, () =>
      collect(repo.query(User).load("tasks").stream({ batchSize: 25 })),
    );
    expect(statements).toHaveLength(5);
  });

  it("lets others send between the batches, inside a transaction too", async () => {
    const { repo } = shop();
    const names = await repo.transaction(async (inner) => {
      const found: number[] = [];
      for await (const user of inner.query(User).limit(5).stream({ batchSize: 2 })) {
        found.push(await repo.query(UserTask).filter({ userId: user.id }).count());
      }
      return found;
    });
    expect(names).toEqual([1, 1, 1, 1, 1]);
  });

  it.each([0, -1, 1.5, NaN, "10"])("refuses batches of %o", async (batchSize) => {
    const stream = (): Promise<unknown> =>
      collect(
        shop()
          .repo.query(User)
          .stream({ batchSize: batchSize as number }),
      );
    expect((await findRefusals(stream))[0]).toMatch(/^query\.batch_size\.invalid/);
  });

  it("refuses to stream a distinct query, and one sorted by what cannot be gone on from", async () => {
    const { repo } = shop();
    const refused = ["query.stream.unsupported"];
    expect(await findRefusals(() => collect(repo.query(User).distinct("name").stream()))).toEqual(refused);
    expect(await findRefusals(() => collect(repo.query(Task).sort("meta").stream()))).toEqual(refused);
  });
});
