import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRepo, type Repo } from "../../../src/runtime/index.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { createShopTables, shopDomains, Task, User, UserTask } from "../shop.js";
import { markOf, seedContest, sharedTasks, sharedUsers } from "./marks.js";
import { createRandom, pickSome } from "./random.js";
import { runContenders } from "./run-contenders.js";

const each = 100;

/** Every row that comes or goes leaves a line; lines of transactions that are undone are undone with them. */
const ledger = `
  create table ledger (place bigserial, step text, user_id uuid, task_id uuid);
  create function keep_ledger() returns trigger language plpgsql as $$
  begin
    insert into ledger (step, user_id, task_id)
      values (tg_op, coalesce(new.user_id, old.user_id), coalesce(new.task_id, old.task_id));
    return null;
  end $$;
  create trigger keep_ledger after insert or delete on user_tasks for each row execute function keep_ledger();
`;

interface Line {
  readonly step: "INSERT" | "DELETE";
  readonly user_id: string;
  readonly task_id: string;
}

describe("200 transactions at once from two processes on the same users and tasks, from both ends", () => {
  let database: TestDatabase;
  let repo: Repo;
  beforeAll(async () => {
    database = await openDatabase("postgres");
    await createShopTables(database.knex);
    await database.knex.raw(ledger);
    await seedContest(database.knex, each);
    repo = createRepo(database.knex, { domains: shopDomains });
  }, databaseTimeout);
  afterAll(() => database.close());

  it("all come through: no deadlock reaches the caller, no row is lost or doubled", async () => {
    expect(await runContenders(database, each)).toEqual([
      { done: each, failed: [] },
      { done: each, failed: [] },
    ]);
    const rows = await repo.query(UserTask).read();
    const pairs = rows.map(({ userId, taskId }) => `${userId} ${taskId}`).toSorted();
    expect(new Set(pairs).size).toBe(pairs.length);
    const marks = new Set(
      [0, 1].flatMap((contender) => Array.from({ length: each }, (_, place) => markOf(contender, place))),
    );
    const marked = rows.filter(({ userId, taskId }) => marks.has(userId) || marks.has(taskId));
    expect(marked).toHaveLength(2 * each);
    expect(
      new Set(marked.flatMap(({ userId, taskId }) => [userId, taskId].filter((id) => marks.has(id)))),
    ).toEqual(marks);
    const lines = await database.knex<Line>("ledger").orderBy("place");
    expect(replay(lines)).toEqual(pairs);
    expect(lines.length).toBeGreaterThan(2 * each + sharedUsers.length * sharedTasks.length);
  });
});

/** The pairs that are left when the lines are followed one by one; each step must be possible where it stands. */
function replay(lines: readonly Line[]): string[] {
  const there = new Set<string>();
  for (const { step, user_id, task_id } of lines) {
    const pair = `${user_id} ${task_id}`;
    expect(there.has(pair), `${step} of ${pair}`).toBe(step === "DELETE");
    if (step === "INSERT") there.add(pair);
    else there.delete(pair);
  }
  return [...there].toSorted();
}

it("two processes on one SQLite file wait for each other: 80 transactions, 80 marks", async () => {
  const database = await openDatabase("sqlite");
  await createShopTables(database.knex);
  await seedContest(database.knex, 40);
  expect(await runContenders(database, 40)).toEqual([
    { done: 40, failed: [] },
    { done: 40, failed: [] },
  ]);
  const rows = await createRepo(database.knex, { domains: shopDomains }).query(UserTask).read();
  const shared = new Set([...sharedUsers, ...sharedTasks]);
  expect(rows.filter(({ userId, taskId }) => !shared.has(userId) || !shared.has(taskId))).toHaveLength(80);
  await database.close();
});

describe.each(["pglite", "sqlite"] as const)("50 operations at once in one process on %s", (kind) => {
  it("all succeed, one after the other", async () => {
    const database = await openDatabase(kind);
    await createShopTables(database.knex);
    await seedContest(database.knex, 50);
    const repo = createRepo(database.knex, { domains: shopDomains });
    const random = createRandom(7);
    const [parent = ""] = sharedUsers;
    const user = await repo.get(User, parent);
    const work = Array.from({ length: 50 }, async (_, place) => {
      const mark = await repo.get(Task, markOf(0, place));
      const changeset = repo.changeset(User, user).forUpdate();
      const input = [mark, ...pickSome(random, sharedTasks)];
      const remove = pickSome(random, sharedTasks);
      await changeset.manageRelationship("tasks", input, { type: "append" }).update();
      await changeset.manageRelationship("tasks", remove, { type: "remove", onNoMatch: "ignore" }).update();
    });
    await Promise.all(work);
    const ids = (await repo.query(UserTask).filter({ userId: parent }).read()).map(({ taskId }) => taskId);
    expect(ids.filter((id) => !sharedTasks.includes(id))).toHaveLength(50);
    await database.close();
  });
});
