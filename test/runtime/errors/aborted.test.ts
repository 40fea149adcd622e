import type { Knex } from "knex";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TransactionAbortedError } from "../../../src/runtime/errors/errors.js";
import { isRetryable, translateDatabaseError } from "../../../src/runtime/errors/translate-error.js";
import { databaseTimeout, openDatabase, openPostgres, type TestDatabase } from "../../databases/engines.js";
import { catchError } from "./library.js";

/** What a failed statement comes to, and whether the transaction may be tried again. */
async function findProblem(work: PromiseLike<unknown>) {
  const cause = await catchError(work);
  const error = translateDatabaseError(cause);
  if (!(error instanceof TransactionAbortedError)) throw error;
  expect(error.cause).toBe(cause);
  expect(isRetryable(new Error("A hook failed.", { cause: error }))).toBe(isRetryable(cause));
  return { ...error.problems[0], again: isRetryable(error) };
}

describe("a transaction on PostgreSQL", () => {
  let database: TestDatabase;
  let knex: Knex;
  beforeAll(async () => {
    database = await openPostgres();
    knex = database.knex;
    await knex.schema.createTable("entries", (table) => {
      table.integer("id").primary();
      table.integer("size");
    });
  }, databaseTimeout);
  afterAll(() => database.close());
  beforeEach(async () => {
    await knex("entries").delete();
    await knex("entries").insert([{ id: 1 }, { id: 2 }]);
  });

  const resize = (trx: Knex, id: number) => trx("entries").where({ id }).update({ size: 1 });

  it("that lost against another is told so, and may be tried again", async () => {
    const losing = knex.transaction(
      async (trx) => {
        await trx("entries").select();
        await resize(knex, 1);
        await resize(trx, 1);
      },
      { isolationLevel: "serializable" },
    );
    expect(await findProblem(losing)).toEqual({
      code: "transaction.serialization",
      message: "Another transaction changed the same rows at the same time, so the database undid this one.",
      hint: "Run it again, or have it run again: repo.transaction(…, { retries: 3 }).",
      again: true,
    });
  });

  it("that waited for one that waited for it is told so, and may be tried again", async () => {
    const [one, other] = [await knex.transaction(), await knex.transaction()];
    await Promise.all([resize(one, 1), resize(other, 2)]);
    const results = await Promise.allSettled([resize(one, 2), resize(other, 1)]);
    await Promise.all([one.rollback(), other.rollback()]);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(reasons).toHaveLength(1);
    expect(await findProblem(Promise.reject(reasons[0]))).toMatchObject({
      code: "transaction.deadlock",
      message: "This transaction and another waited for each other's rows, so the database undid this one.",
      again: true,
    });
  });
});

describe.each(["pglite", "postgres"] as const)("a statement in a transaction on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
  }, databaseTimeout);
  afterAll(() => database.close());

  it("after one that failed is told how to keep failures apart, and is not tried again", async () => {
    const transaction = database.knex.transaction(async (trx) => {
      await trx.raw("select * from nowhere").catch(() => {});
      await trx.raw("select 1");
    });
    expect(await findProblem(transaction)).toEqual({
      code: "transaction.aborted",
      message: "An earlier statement of this transaction failed, so the database takes no more of it.",
      hint: "Wrap what may fail in a transaction of its own inside: repo.transaction(…). Only that is undone then.",
      again: false,
    });
  });
});

it("a statement in a transaction that has ended is told so", async () => {
  const { knex, close } = await openDatabase("sqlite");
  const ended = await knex.transaction(async (trx) => () => trx.raw("select 1"));
  expect(await findProblem(ended())).toMatchObject({ code: "transaction.completed", again: false });
  await close();
});

it("what has nothing to do with a database is not tried again", () => {
  const circle = new Error("round");
  circle.cause = circle;
  for (const error of [circle, new TypeError("x is not a function"), "text", undefined, null, {}]) {
    expect(isRetryable(error)).toBe(false);
    expect(translateDatabaseError(error)).toBe(error);
  }
});
