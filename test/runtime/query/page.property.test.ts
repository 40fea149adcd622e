import { fc } from "../../fast-check.js";
import { describe, expect, it } from "vitest";
import type { Query, Sort } from "../../../src/runtime/query/query-types.js";
import { databaseKinds } from "../../databases/engines.js";
import { useShop } from "../open-shop.js";
import { insertRows, Task, uuidOf, type Values } from "../shop.js";

const moments = [0, 1, 1000, 1_700_000_000_123].map((time) => new Date(time));

/** Few values each, so that there are ties. */
const rows: Values<typeof Task>[] = Array.from({ length: 40 }, (_, index) => ({
  id: uuidOf(1000 - index),
  title: ["a", "B", "ä", "z"][index % 4] ?? "",
  points: [null, -1, 0, 5][(index * 7) % 4] ?? null,
  views: [0n, -5n, 9007199254740993n][index % 3] ?? 0n,
  price: ["0.10", "12.50", "-3.00"][(index >> 1) % 3] ?? "0.00",
  rating: [null, 0.1, 1 / 3, -2.5][(index >> 2) % 4] ?? null,
  done: index % 2 === 0,
  state: index % 3 === 0 ? "open" : "closed",
  dueOn: index % 5 === 0 ? null : `2026-02-0${String((index % 4) + 1)}`,
  startsAt: index % 7 === 0 ? null : `0${String(index % 4)}:00:00.5`,
  doneAt: index % 3 === 0 ? null : (moments[index % 4] ?? null),
}));

const names = [
  "title",
  "points",
  "views",
  "price",
  "rating",
  "done",
  "state",
  "dueOn",
  "startsAt",
  "doneAt",
  "id",
] as const;

const direction = fc.oneof(
  fc.constantFrom("asc" as const, "desc" as const),
  fc.record({
    direction: fc.constantFrom("asc" as const, "desc" as const),
    nulls: fc.constantFrom("first" as const, "last" as const),
  }),
);
const sorts = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), direction), { maxLength: 4, selector: ([name]) => name })
  .map((entries): Sort<typeof Task> => Object.fromEntries(entries));

describe.each(databaseKinds)("pages and streams on %s", (kind) => {
  const shop = useShop(kind, { seed: ({ knex }) => insertRows(knex, Task, rows) });

  async function listForwards(query: Query<typeof Task>, size: number): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await query.page({ size, after });
      ids.push(...page.records.map(({ id }) => id));
      if (!page.hasMore) return ids;
      after = page.endCursor;
    }
  }

  async function listBackwards(query: Query<typeof Task>, size: number): Promise<string[]> {
    const last = (await query.page({ size: 100 })).endCursor;
    const ids = (await query.page({ size: 100 })).records.slice(-1).map(({ id }) => id);
    for (let before: string | null = last; ;) {
      const page = await query.page({ size, before });
      ids.unshift(...page.records.map(({ id }) => id));
      if (!page.hasMore) return ids;
      before = page.startCursor;
    }
  }

  it("are the whole sorted list in parts, in both directions", async () => {
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 7, max: 41 }), async (sort, size) => {
        const query = shop().repo.query(Task).sort(sort);
        const sorted = (await query.sort("id").read()).map(({ id }) => id);
        expect(await listForwards(query, size)).toEqual(sorted);
        expect(await listBackwards(query, size)).toEqual(sorted);
        const streamed: string[] = [];
        for await (const { id } of query.stream({ batchSize: size })) streamed.push(id);
        expect(streamed).toEqual(sorted);
      }),
      { numRuns: 40 },
    );
  });
});
