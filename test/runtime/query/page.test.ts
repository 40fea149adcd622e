import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { insertRows, seedShop, Task, User, uuidOf } from "../shop.js";

describe.each(databaseKinds)("page on %s", (kind) => {
  const shop = useShop(kind, {
    seed: async ({ knex }) => {
      await seedShop(knex);
      const rows = Array.from({ length: 20 }, (_, index) => ({
        id: uuidOf(100 + index),
        title: `Task ${String(index % 3)}`,
        points: index % 4 === 0 ? null : index % 5,
      }));
      await insertRows(knex, Task, rows);
    },
  });

  it("goes on behind a cursor and back before one", async () => {
    const query = shop().repo.query(Task).sort({ points: "desc" }, "title");
    const all = (await query.sort("id").read()).map(({ id }) => id);
    const first = await query.page({ size: 10 });
    expect(first.records.map(({ id }) => id)).toEqual(all.slice(0, 10));
    expect(first.hasMore).toBe(true);
    const second = await query.page({ size: 10, after: first.endCursor });
    expect(second.records.map(({ id }) => id)).toEqual(all.slice(10, 20));
    const last = await query.page({ size: 10, after: second.endCursor });
    expect(last.records.map(({ id }) => id)).toEqual(all.slice(20));
    expect(last.hasMore).toBe(false);
    const back = await query.page({ size: 5, before: last.startCursor });
    expect(back.records.map(({ id }) => id)).toEqual(all.slice(15, 20));
    expect(back.hasMore).toBe(true);
    const start = await query.page({ size: 100, before: back.startCursor });
    expect(start.records.map(({ id }) => id)).toEqual(all.slice(0, 15));
    expect(start.hasMore).toBe(false);
    const end = await query.page({ size: 3, after: last.endCursor });
    expect(end).toEqual({ records: [], hasMore: false, startCursor: null, endCursor: null });
  });

  it("ends a page that is full with the last record", async () => {
    const query = shop().repo.query(User).sort("email").load("tasks");
    const page = await query.page({ size: 3, after: null, before: null });
    expect([page.records.length, page.hasMore]).toEqual([3, false]);
    expect(page.records.map(({ tasks }) => tasks.length)).toEqual([2, 1, 0]);
  });

  it("skips nothing and repeats nothing while rows come and go", async () => {
    const { repo, database } = shop();
    const query = repo
      .query(Task)
      .filter({ title: { startsWith: "Task" } })
      .sort("title");
    const before = (await query.sort("id").read()).map(({ id }) => id);
    const first = await query.page({ size: 8 });
    const gone = [first.records[2]?.id ?? "", first.records[7]?.id ?? ""];
    await database.knex("tasks").whereIn("id", gone).delete();
    await insertRows(database.knex, Task, [
      { id: uuidOf(1), title: "Task 0" },
      { id: uuidOf(500), title: "Task 2" },
    ]);
    const second = await query.page({ size: 100, after: first.endCursor });
    expect(second.records.map(({ id }) => id)).toEqual([...before.slice(8), uuidOf(500)]);
    const back = await query.page({ size: 100, before: second.startCursor });
    expect(back.records.map(({ id }) => id)).toEqual([
      uuidOf(1),
      ...before.slice(0, 8).filter((id) => !gone.includes(id)),
    ]);
  });

  it("meets no record again whose moment is finer than a Date", async () => {
    const { repo, database } = shop();
    const query = repo.query(User).sort("insertedAt");
    if (kind !== "sqlite") {
      await database.knex.raw(
        `update users set inserted_at = '2026-01-01T00:00:00.000001Z' where name = 'Ada'`,
      );
      await database.knex.raw(
        `update users set inserted_at = '2026-01-01T00:00:00.000999Z' where name = 'Bob'`,
      );
    }
    const names: unknown[] = [];
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page = await query.page({ size: 1, after });
      names.push(...page.records.map(({ name }) => name));
      ({ endCursor: after, hasMore } = page);
    }
    expect(names).toEqual(["Ada", "Bob", null]);
    const streamed: unknown[] = [];
    for await (const { name } of query.stream({ batchSize: 1 })) streamed.push(name);
    expect(streamed).toEqual(names);
  });

  it("refuses what is not a cursor of its sort", async () => {
    const { repo } = shop();
    const query = repo.query(Task).sort({ points: "desc" });
    const { endCursor } = await query.page({ size: 2 });
    const cursor = endCursor ?? "";
    const write = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const [sort, , id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [
      string,
      unknown,
      unknown,
    ];
    const refused = ["page.cursor.invalid at page.after"];
    const forged = [
      ...["", "x", "💥", cursor.slice(0, -4), `${cursor.slice(0, 8)}${cursor}`, "A".repeat(10_000_000)],
      ...[write(null), write({}), write([]), write([sort]), write([sort, 1]), write([sort, 1, id, 1])],
      ...[write([sort, "1", id]), write([sort, 1.5, id]), write([sort, 1e10, id]), write([sort, {}, id])],
      ...[write([sort, [1], id]), write([sort, 1, null]), write([sort, 1, "x"]), write([sort, 1, { id }])],
      ...[write(["points asc last, id asc last", 1, id]), `${"[".repeat(100_000)}`, 5, true, {}, [cursor]],
      Buffer.from("[".repeat(100_000)).toString("base64url"),
    ];
    for (const after of forged) {
      expect(await findRefusals(() => query.page({ size: 2, after: after as string }))).toEqual(refused);
    }
    expect(
      await findRefusals(() => repo.query(Task).sort("points").page({ size: 2, after: cursor })),
    ).toEqual(refused);
    expect(await findRefusals(() => query.page({ size: 2, before: 5 as never }))).toEqual([
      "page.cursor.invalid at page.before",
    ]);
    expect(await findRefusals(() => query.page({ size: 2, before: cursor, after: cursor }))).toEqual([
      "page.cursor.both at page.before",
    ]);
  });

  it.each(["views", "price", "rating", "done", "state", "dueOn", "startsAt", "doneAt"] as const)(
    "refuses a cursor with anything else in the place of %s",
    async (name) => {
      const query = shop()
        .repo.query(Task)
        .filter({ [name]: { isNull: false } })
        .sort(name);
      const { startCursor } = await query.page({ size: 1 });
      const [sort, value, id] = JSON.parse(
        Buffer.from(startCursor ?? "", "base64url").toString(),
      ) as unknown[];
      for (const other of [
        "x",
        "",
        "1e400",
        {},
        [],
        "9".repeat(50),
        "2026-01-01T00:00:00+99:99",
        -1e300,
        0.1,
        5,
        true,
      ]) {
        if (typeof other === typeof value && name !== "doneAt") continue;
        const after = Buffer.from(JSON.stringify([sort, other, id])).toString("base64url");
        const refusals = await findRefusals(() => query.page({ size: 1, after }));
        expect([[], ["page.cursor.invalid at page.after"]]).toContainEqual(refusals);
      }
      const page = await query.page({ size: 1, after: startCursor });
      expect(page.records[0]?.id).not.toBe(id);
    },
  );

  it.each([0, -1, 1.5, 10_001, NaN, "5", null, undefined])("refuses %o as a size", async (size) => {
    const page = (): Promise<unknown> =>
      shop()
        .repo.query(Task)
        .page({ size: size as number });
    expect(await findRefusals(page)).toEqual(["page.size.invalid at page.size"]);
  });

  it("refuses to page what is cut, distinct or sorted by what cannot be gone on from", async () => {
    const query = shop().repo.query(Task);
    const refused = ["query.page.unsupported"];
    expect(await findRefusals(() => query.limit(5).page({ size: 2 }))).toEqual(refused);
    expect(await findRefusals(() => query.offset(5).page({ size: 2 }))).toEqual(refused);
    expect(await findRefusals(() => query.distinct("points").page({ size: 2 }))).toEqual(refused);
    expect(await findRefusals(() => query.sort("labels").page({ size: 2 }))).toEqual(refused);
    expect(await findRefusals(() => query.sort("meta").page({ size: 2 }))).toEqual(refused);
  });
});
