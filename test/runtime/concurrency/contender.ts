/**
 * A process that appends and removes among the shared users and tasks, from both ends, all at once; each transaction also
 * relates a mark of its own. Tells in one line of JSON how many were done and what failed.
 */
import knexModule, { type Knex } from "knex";
import { SqliteClient } from "../../../src/databases/sqlite.js";
import { createRepo, isAshlarError, type Repo } from "../../../src/runtime/index.js";
import { shopDomains, Task, User } from "../shop.js";
import { markOf, sharedTasks, sharedUsers } from "./marks.js";
import { createRandom, pickSome } from "./random.js";

const [contender = "0", count = "0", kind = "postgres", connection = "{}"] = process.argv.slice(2);
const knex = knexModule.knex({
  client: kind === "sqlite" ? SqliteClient : "pg",
  connection: JSON.parse(connection) as Knex.StaticConnectionConfig,
  ...(kind === "sqlite" ? {} : { pool: { min: 0, max: 20 } }),
});
const repo = createRepo(knex, { domains: shopDomains });
const random = createRandom(Number(contender) + 1);

/** A single insert, outside of any transaction. */
async function appendRecords(place: number): Promise<void> {
  const mark = await repo.get(Task, markOf(Number(contender), place));
  const ids = pickSome(random, sharedTasks);
  const tasks = await repo
    .query(Task)
    .filter({ id: { in: ids } })
    .read();
  const user = await repo.get(User, sharedUsers[place % sharedUsers.length] ?? "");
  const input = [...tasks, mark].toSorted(() => random() - 0.5);
  await repo
    .changeset(User, user)
    .forUpdate()
    .manageRelationship("tasks", input, { type: "append" })
    .update();
}

async function pickEnd(inner: Repo, place: number): Promise<void> {
  const mark = markOf(Number(contender), place);
  const role = `${contender}-${String(place)}`;
  const [ownEnd, otherEnd] = place % 2 === 0 ? [sharedUsers, sharedTasks] : [sharedTasks, sharedUsers];
  const parent = ownEnd[Math.floor(random() * ownEnd.length)] ?? "";
  const appended = pickSome(random, otherEnd);
  const removed = pickSome(
    random,
    otherEnd.filter((id) => !appended.includes(id)),
  );
  const append = [...appended, mark].map((id) => ({ id, role })).toSorted(() => random() - 0.5);
  const remove = { type: "remove", onNoMatch: "ignore" } as const;
  if (place % 2 === 0) {
    const changeset = inner.changeset(User, await inner.get(User, parent)).forUpdate();
    await changeset
      .manageRelationship("tasks", append, { type: "append" })
      .manageRelationship("tasks", removed, remove)
      .update();
  } else {
    const changeset = inner.changeset(Task, await inner.get(Task, parent)).forUpdate();
    await changeset
      .manageRelationship("users", removed, remove)
      .manageRelationship("users", append, { type: "append" })
      .update();
  }
}

/** Every fifth is a single insert; every fourth of the others stands in a transaction of the caller's, which says how often it may begin again. */
function contend(place: number): Promise<void> {
  if (place % 5 === 0) return appendRecords(place);
  return place % 4 === 3
    ? repo.transaction((inner) => pickEnd(inner, place), { retries: 10 })
    : pickEnd(repo, place);
}

const results = await Promise.allSettled(Array.from({ length: Number(count) }, (_, place) => contend(place)));
const failed = results.flatMap((result) => (result.status === "rejected" ? [describe(result.reason)] : []));
await knex.destroy();
process.stdout.write(`${JSON.stringify({ done: results.length - failed.length, failed })}\n`);

function describe(reason: unknown): string {
  return isAshlarError(reason) ? `${reason.code}: ${reason.message}` : String(reason);
}
