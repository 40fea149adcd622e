import { AsyncResource } from "node:async_hooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRepo, type Repo } from "../../../src/runtime/index.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { createShopTables, shopDomains, Task, User, UserTask } from "../shop.js";
import { seedContest, sharedTasks, sharedUsers } from "./marks.js";

describe("one that replaces a list while another does, on postgres", () => {
  let database: TestDatabase;
  let repo: Repo;
  beforeAll(async () => {
    database = await openDatabase("postgres");
    await createShopTables(database.knex);
    await seedContest(database.knex, 0);
    repo = createRepo(database.knex, { domains: shopDomains });
  }, databaseTimeout);
  afterAll(() => database.close());

  async function waitForLock(): Promise<void> {
    const isWaiting = () =>
      outside(() => database.knex("pg_stat_activity").where({ wait_event_type: "Lock" }).first());
    await expect.poll(isWaiting, { timeout: 10_000 }).toBeDefined();
  }

  it("waits for it, then replaces what that one left", async () => {
    const user = await repo.get(User, sharedUsers[0] ?? "");
    const replace = (inner: Repo, ids: readonly string[]) =>
      inner
        .changeset(User, user)
        .forUpdate()
        .manageRelationship("tasks", ids, { type: "append_and_remove" })
        .update();
    let later: Promise<unknown> | undefined;
    await repo.transaction(async (inner) => {
      await replace(inner, sharedTasks.slice(0, 3));
      later = outside(() => replace(repo, sharedTasks.slice(2)));
      await waitForLock();
    });
    await later;
    const rows = await repo.query(UserTask).filter({ userId: user.id }).sort("taskId").read();
    expect(rows.map(({ taskId }) => taskId)).toEqual(sharedTasks.slice(2));
  });
});

describe.each(["pglite", "sqlite", "postgres"] as const)("two at once on %s", (kind) => {
  let database: TestDatabase;
  let repo: Repo;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await createShopTables(database.knex);
    await seedContest(database.knex, 0);
    repo = createRepo(database.knex, { domains: shopDomains });
  }, databaseTimeout);
  afterAll(() => database.close());

  it("that replace one list leave one of the two lists, never a mix: 30 times", async () => {
    const lists = [sharedTasks.slice(0, 3), sharedTasks.slice(2)];
    const user = await repo.get(User, sharedUsers[0] ?? "");
    for (let round = 0; round < 30; round += 1) {
      const replace = (ids: readonly string[]) =>
        repo
          .changeset(User, user)
          .forUpdate()
          .manageRelationship("tasks", ids, { type: "append_and_remove" })
          .update();
      await Promise.all(lists.map(replace));
      const rows = await repo.query(UserTask).filter({ userId: user.id }).sort("taskId").read();
      expect(lists).toContainEqual(rows.map(({ taskId }) => taskId));
    }
  });

  it("case 84: that append the same make one row and no error: 30 times", async () => {
    const [userId = "", taskId = ""] = [sharedUsers[1], sharedTasks[0]];
    const user = await repo.get(User, userId);
    const task = await repo.get(Task, taskId);
    for (let round = 0; round < 30; round += 1) {
      await Promise.all([
        repo
          .changeset(User, user)
          .forUpdate()
          .manageRelationship("tasks", [task], { type: "append" })
          .update(),
        repo
          .changeset(Task, task)
          .forUpdate()
          .manageRelationship("users", [userId], { type: "append" })
          .update(),
      ]);
      expect(await repo.query(UserTask).filter({ userId }).count()).toBe(1);
      await repo.destroy(UserTask, await repo.get(UserTask, { userId, taskId }));
    }
  });
});

/** What ran outside before the transaction began runs outside of it still. */
const outer = new AsyncResource("outside");

function outside<Result>(work: () => Result): Result {
  return outer.runInAsyncScope(work);
}
