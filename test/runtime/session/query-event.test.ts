import { describe, expect, it } from "vitest";
import type { QueryEvent } from "../../../src/runtime/session/query-event.js";
import { databaseKinds } from "../../databases/engines.js";
import { listStatements, useShop } from "../open-shop.js";
import { ada, Comment, Task, User } from "../shop.js";

describe.each(databaseKinds)("repo.onQuery on %s", (kind) => {
  const shop = useShop(kind);

  it("tells each statement, how long it took and how many rows it gave, without its values", async () => {
    const { repo } = shop();
    const events: QueryEvent[] = [];
    const end = repo.onQuery((event) => events.push(event));
    await repo
      .query(User)
      .filter({ email: { contains: "secret" } })
      .read();
    await repo.query(User).load("tasks").get(ada);
    end();
    expect(events.map(({ rows }) => rows)).toEqual([0, 1, 2]);
    expect(events.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
    expect(JSON.stringify(events)).not.toContain("secret");
    expect(events[0]?.sql).toContain('from "users"');
    expect(events.every((event) => Object.isFrozen(event))).toBe(true);
  });

  it("tells of statements that failed", async () => {
    const { repo, database } = shop();
    await database.knex.schema.renameTable("follows", "gone");
    const events: QueryEvent[] = [];
    const end = repo.onQuery((event) => events.push(event));
    await expect(repo.query(User).load("followers").read()).rejects.toThrow("follows");
    end();
    await database.knex.schema.renameTable("gone", "follows");
    expect(events.map(({ rows, error }) => [rows, error instanceof Error])).toEqual([
      [3, false],
      [undefined, true],
    ]);
  });

  it("ends for the one who ends it, and only for that one", async () => {
    const { repo } = shop();
    const told: string[] = [];
    const listener = (): void => void told.push("x");
    const [endFirst, endSecond] = [repo.onQuery(listener), repo.onQuery(listener)];
    await repo.query(Task).count();
    endFirst();
    endFirst();
    await repo.query(Task).count();
    endSecond();
    await repo.query(Task).count();
    expect(told).toHaveLength(3);
  });

  it("tells what a transaction sends, whichever repo of it is used", async () => {
    const { repo } = shop();
    const statements = await listStatements(repo, () =>
      repo.transaction(async (inner) => {
        await inner.query(Task).count();
        await repo.query(Comment).count();
      }),
    );
    expect(statements).toHaveLength(2);
  });

  it("harms no statement where a listener throws: the process is warned", async () => {
    const { repo } = shop();
    const warnings: string[] = [];
    const warn = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", warn);
    const told: string[] = [];
    const ends = [
      repo.onQuery(() => {
        throw new Error("The log is full.");
      }),
      repo.onQuery(({ sql }) => told.push(sql)),
    ];
    expect(await repo.query(Task).count()).toBe(3);
    for (const end of ends) end();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warn);
    expect(told).toHaveLength(1);
    expect(warnings).toEqual(["The log is full."]);
  });
});
