import { describe, expect, it } from "vitest";
import type { Filter } from "../../../src/runtime/query/filter.js";
import { databaseKinds } from "../../databases/engines.js";
import { useShop } from "../open-shop.js";
import { ada, bob, read, rest, Task, User, uuidOf, write } from "../shop.js";

describe.each(databaseKinds)("filter on %s", (kind) => {
  const shop = useShop(kind);

  async function findTasks(filter: Filter<typeof Task>): Promise<string> {
    const tasks = await shop().repo.query(Task).filter(filter).sort("id").read();
    return tasks.map(({ title }) => title).join(", ");
  }

  async function findUsers(filter: Filter<typeof User>): Promise<string> {
    const users = await shop().repo.query(User).filter(filter).sort("id").read();
    return users.map(({ email }) => email.slice(0, 3)).join(", ");
  }

  const doneAt = new Date("2026-02-27T10:00:00.123Z");
  const earlier = new Date("2026-02-27T10:00:00.122Z");

  it.each<[Filter<typeof Task>, string]>([
    [{}, "Write, Read, Rest"],
    [{ id: write }, "Write"],
    [{ id: { in: [write, rest] } }, "Write, Rest"],
    [{ title: "Write" }, "Write"],
    [{ title: "write" }, ""],
    [{ title: { eq: "Read" } }, "Read"],
    [{ title: { not: "Read" } }, "Write, Rest"],
    [{ title: { gt: "Read", lte: "Rest" } }, "Rest"],
    [{ title: { gte: "Read", lt: "Rest" } }, "Read"],
    [{ title: { in: ["Read", "Nothing"] } }, "Read"],
    [{ title: { notIn: ["Read", "Nothing"] } }, "Write, Rest"],
    [{ points: 5 }, "Write"],
    [{ points: { gt: 3 } }, "Write"],
    [{ points: { gte: 3, lt: 5 } }, "Read"],
    [{ points: { in: [3, 5] } }, "Write, Read"],
    [{ views: 9007199254740993n }, "Write"],
    [{ views: { gt: 9007199254740992n } }, "Write"],
    [{ views: { in: [9007199254740993n, 0n] } }, "Write, Rest"],
    [{ price: "12.5" }, "Write"],
    [{ price: { gte: "7", lt: "12.50" } }, "Read"],
    [{ price: { in: ["12.50", "0"] } }, "Write, Rest"],
    [{ price: { notIn: ["12.50"] } }, "Read, Rest"],
    [{ rating: 4.5 }, "Write"],
    [{ rating: { in: [4.5, 1] } }, "Write"],
    [{ done: true }, "Write"],
    [{ done: { not: true } }, "Read, Rest"],
    [{ done: { in: [false] } }, "Read, Rest"],
    [{ state: "closed" }, "Write"],
    [{ state: { in: ["open"] } }, "Read, Rest"],
    [{ state: { startsWith: "clo" } }, "Write"],
    [{ dueOn: "2026-02-28" }, "Write"],
    [{ dueOn: { gt: "2026-02-27" } }, "Write"],
    [{ dueOn: { in: ["2026-02-28"] } }, "Write"],
    [{ startsAt: { lt: "09:30:01" } }, "Write"],
    [{ startsAt: { in: ["09:30"] } }, "Write"],
    [{ doneAt }, "Write"],
    [{ doneAt: { gt: earlier } }, "Write"],
    [{ doneAt: { gt: doneAt } }, ""],
    [{ doneAt: { in: [doneAt, earlier] } }, "Write"],
    [{ seal: new Uint8Array([0, 255]) }, "Write"],
    [{ seal: { in: [new Uint8Array([0, 255]), new Uint8Array()] } }, "Write"],
    [{ seal: { not: new Uint8Array([1]) } }, "Write"],
    [{ labels: ["red", "blue"] }, "Write"],
    [{ labels: [] }, "Read"],
    [{ labels: { not: ["red"] } }, "Write, Read"],
    [{ labels: { in: [["red", "blue"], ["green"]] } }, "Write"],
    [{ labels: { contains: "red" } }, "Write"],
    [{ meta: { isNull: false } }, "Write, Read, Rest"],
  ])("finds by %o", async (filter, expected) => {
    expect(await findTasks(filter)).toBe(expected);
  });

  it.each<[Filter<typeof Task>, string]>([
    [{ body: null }, "Read"],
    [{ body: { eq: null } }, "Read"],
    [{ body: { not: null } }, "Write, Rest"],
    [{ body: { isNull: true } }, "Read"],
    [{ body: { isNull: false } }, "Write, Rest"],
    [{ body: { not: "nothing" } }, "Write"],
    [{ not: { body: "nothing" } }, "Write"],
    [{ body: { notIn: ["nothing"] } }, "Write"],
    [{ body: { notIn: [] } }, "Write, Read, Rest"],
    [{ body: { in: [] } }, ""],
    [{ not: { body: { in: [] } } }, "Write, Read, Rest"],
    [{ not: { body: { contains: "t" } } }, ""],
    [{ not: { labels: { contains: "red" } } }, "Read"],
    [{ not: { body: { startsWith: "x" } } }, "Write, Rest"],
    [{ price: { in: [] } }, ""],
    [{ price: { notIn: [] } }, "Write, Read, Rest"],
  ])("takes null as SQL does in %o", async (filter, expected) => {
    expect(await findTasks(filter)).toBe(expected);
  });

  it.each<[Filter<typeof Task>, string]>([
    [{ and: [] }, "Write, Read, Rest"],
    [{ or: [] }, ""],
    [{ not: {} }, ""],
    [{ not: { or: [] } }, "Write, Read, Rest"],
    [{ or: [{ title: "Write" }, { title: "Rest" }] }, "Write, Rest"],
    [{ or: [{ title: "Write" }, { and: [{ points: null }, { done: false }] }] }, "Write, Rest"],
    [{ title: "Write", or: [{ points: 3 }, { points: 4 }] }, ""],
    [{ not: { or: [{ title: "Write" }, { not: { title: "Read" } }] } }, "Read"],
    [{ not: { not: { not: { title: "Write" } } } }, "Read, Rest"],
  ])("puts conditions together in %o", async (filter, expected) => {
    expect(await findTasks(filter)).toBe(expected);
  });

  it("keeps the conditions of earlier calls", async () => {
    const query = shop().repo.query(Task).filter({ done: false });
    expect(await query.filter({ points: 3 }).count()).toBe(1);
    expect(await query.count()).toBe(2);
  });

  it.each<[Filter<typeof User>, string]>([
    [{ userTasks: {} }, "ada, bob"],
    [{ not: { userTasks: {} } }, "cem"],
    [{ userTasks: { role: "helper" } }, "bob"],
    [{ tasks: { title: "Read" } }, "ada, bob"],
    [{ tasks: { title: "Write" } }, "ada"],
    [{ not: { tasks: { title: "Write" } } }, "bob, cem"],
    [{ tasks: { title: "Write", points: 3 } }, ""],
    [{ tasks: { title: "Write" }, and: [{ tasks: { points: 3 } }] }, "ada"],
    [{ profile: { bio: { contains: "ount" } } }, "ada"],
    [{ not: { profile: {} } }, "bob, cem"],
    [{ following: { email: "ada@example.org" } }, "ada, bob"],
    [{ followers: {} }, "ada"],
    [{ followers: { followers: { name: "Bob" } } }, "ada"],
    [{ following: { not: { profile: {} } } }, ""],
    [{ tasks: { users: { name: "Bob" } } }, "ada, bob"],
    [{ tasks: { category: { slug: "desk" } } }, "ada, bob"],
  ])("finds users through %o", async (filter, expected) => {
    expect(await findUsers(filter)).toBe(expected);
  });

  it.each<[Filter<typeof Task>, string]>([
    [{ category: {} }, "Write, Read"],
    [{ category: { name: "Empty" } }, ""],
    [{ comments: { parent: {} } }, "Write"],
    [{ comments: { author: { tasks: { title: "Read" } } } }, "Write"],
    [{ comments: { replies: { replies: {} } } }, ""],
    [{ comments: { not: { author: {} } } }, "Write"],
  ])("finds tasks through %o", async (filter, expected) => {
    expect(await findTasks(filter)).toBe(expected);
  });

  it("takes any number of values in a list", async () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => uuidOf(index + 1));
    expect(await findUsers({ id: { in: ids } })).toBe("ada, bob, cem");
    expect(await findUsers({ id: { in: ids.slice(0, 65_536), not: ada } })).toBe("bob, cem");
    expect(await findUsers({ id: { notIn: ids.slice(0, 65_536) } })).toBe("");
    expect(await findUsers({ id: { in: [bob] } })).toBe("bob");
    const numbers = ids.map((_, index) => BigInt(index));
    expect(await findTasks({ views: { in: numbers } })).toBe("Read, Rest");
  });

  it("takes thousands of alternatives", async () => {
    const alternatives = Array.from({ length: 9000 }, (_, index) => ({ points: index }));
    expect(await findTasks({ or: alternatives })).toBe("Write, Read");
    expect(await findTasks({ and: alternatives.map((each) => ({ not: each })) })).toBe("");
  });

  it("reads one record by its key, composite or of an identity", async () => {
    const { repo } = shop();
    expect((await repo.get(User, { email: "bob@example.org" })).id).toBe(bob);
    expect((await repo.get(Task, read)).title).toBe("Read");
    expect((await repo.get(Task, { id: read })).title).toBe("Read");
  });
});
